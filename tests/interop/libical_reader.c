/* What libical (GNOME, KDE, Sailfish) sees in a calendar: `libical_reader FILE` prints one line for each value,
   "NAME<tab>value" with newlines as \n, an empty line after each event, and "ERROR" for each of its complaints. */

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static void show(const char *name, const char *value)
{
    printf("%s\t", name);
    for (; value && *value; value++) {
        if (*value == '\n')
            fputs("\\n", stdout);
        else if (*value == '\\')
            fputs("\\\\", stdout);
        else
            putchar(*value);
    }
    putchar('\n');
}

static void show_time(const char *name, struct icaltimetype time)
{
    char text[32];
    if (time.is_date)
        snprintf(text, sizeof text, "%04d-%02d-%02d", time.year, time.month, time.day);
    else
        snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d%s", time.year, time.month, time.day, time.hour,
                 time.minute, time.second, icaltime_is_utc(time) ? "Z" : "");
    show(name, text);
}

static void show_event(icalcomponent *event)
{
    char number[24];
    icalproperty *property;
    icalcomponent *alarm;
    show("uid", icalcomponent_get_uid(event));
    show("summary", icalcomponent_get_summary(event));
    show("description", icalcomponent_get_description(event));
    show("location", icalcomponent_get_location(event));
    show_time("start", icalcomponent_get_dtstart(event));
    show_time("end", icalcomponent_get_dtend(event));
    show("status", icalproperty_status_to_string(icalcomponent_get_status(event)));
    snprintf(number, sizeof number, "%d", icalcomponent_get_sequence(event));
    show("sequence", number);
    for (property = icalcomponent_get_first_property(event, ICAL_CATEGORIES_PROPERTY); property;
         property = icalcomponent_get_next_property(event, ICAL_CATEGORIES_PROPERTY))
        show("category", icalproperty_get_categories(property));
    for (alarm = icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT); alarm;
         alarm = icalcomponent_get_next_component(event, ICAL_VALARM_COMPONENT)) {
        property = icalcomponent_get_first_property(alarm, ICAL_TRIGGER_PROPERTY);
        struct icaltriggertype trigger = icalproperty_get_trigger(property);
        snprintf(number, sizeof number, "%d", -icaldurationtype_as_int(trigger.duration) / 60);
        show("alarm", number);
    }
    putchar('\n');
}

int main(int argc, char **argv)
{
    FILE *file = fopen(argv[argc - 1], "rb");
    if (!file)
        return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc((size_t)size + 1, 1);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size)
        return 2;
    fclose(file);
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_count_errors(calendar))
        puts("ERROR");
    if (calendar && icalrestriction_check(calendar) == 0)
        puts("ERROR");
    if (!calendar)
        return 1;
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        show_event(event);
    icalcomponent_free(calendar);
    free(text);
    return 0;
}
