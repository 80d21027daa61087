// Readers of calendars from npm: `node javascript_readers.js ical.js FILE` prints JSON in the words of
// python_readers.py. Their folder is given in NODE_PATH.
'use strict';

const fs = require('fs');

const pad = (number) => String(number).padStart(2, '0');
const minutesBefore = (duration) => -duration.toSeconds() / 60;

function moment(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString().replace('.000Z', 'Z');
}

// The parser of Thunderbird and of Nextcloud.
async function ofIcalJs(text) {
  const module = await import(require.resolve('ical.js'));
  const ICAL = module.default;
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const value = (name) => component.getFirstPropertyValue(name);
    const categories = component.getFirstProperty('categories');
    return {
      uid: value('uid'),
      summary: value('summary'),
      description: value('description'),
      location: value('location') || '',
      categories: categories ? categories.getValues() : [],
      start: moment(value('dtstart')),
      end: moment(value('dtend')),
      status: value('status'),
      sequence: value('sequence'),
      alarms: component.getAllSubcomponents('valarm')
        .map((alarm) => minutesBefore(alarm.getFirstPropertyValue('trigger'))),
    };
  });
}

async function ofNodeIcal(text) {
  const entries = Object.values(require('node-ical').sync.parseICS(text));
  const day = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const when = (date) => (date.dateOnly ? day(date) : date.toISOString().replace('.000Z', 'Z'));
  return entries.filter((entry) => entry.type === 'VEVENT').map((entry) => ({
    uid: entry.uid,
    summary: entry.summary,
    description: entry.description,
    location: entry.location || '',
    categories: entry.categories,
    start: when(entry.start),
    end: when(entry.end),
    status: entry.status,
    sequence: Number(entry.sequence),
  }));
}

const readers = { 'ical.js': ofIcalJs, 'node-ical': ofNodeIcal };

readers[process.argv[2]](fs.readFileSync(process.argv[3], 'utf8'))
  .then((events) => process.stdout.write(JSON.stringify(events)));
