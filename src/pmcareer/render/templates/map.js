// The map's search: dims what does not fit, hides it in the list, and shows the entry that one looks at with its ways.
(() => {
  "use strict";
  const form = document.getElementById("choose");
  const boxes = new Map([...document.querySelectorAll("svg a[data-entry]")].map((box) => [box.dataset.entry, box]));
  const entries = new Map([...document.querySelectorAll("article[data-entry]")].map((one) => [one.dataset.entry, one]));
  const ways = [...document.querySelectorAll("path.way")];
  const told = document.getElementById("told");
  const panel = document.getElementById("panel");

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const texts = new Map([...entries].map(([id, one]) => [id, plain(one.textContent + " " + id)]));

  const fits = (id, one, asked) => {
    const data = one.dataset;
    if (!asked.words.every((word) => texts.get(id).includes(word))) return false;
    if (asked.niche && data.niches && !data.niches.split(" ").includes(asked.niche)) return false;
    if (asked.way && data.way === undefined) return false;
    if (data.kind === "role") return true;
    if (asked.price !== "" && !(data.price !== "" && Number(data.price) <= Number(asked.price))) return false;
    return asked.hours === "" || (data.hours !== "" && Number(data.hours) <= Number(asked.hours));
  };

  const choose = () => {
    const asked = {
      words: plain(form.words.value).split(/\s+/).filter(Boolean),
      niche: form.niche.value, price: form.price.value, hours: form.hours.value,
      way: form.way ? form.way.checked : false,
    };
    let found = 0;
    for (const [id, one] of entries) {
      const kept = fits(id, one, asked);
      one.hidden = !kept;
      found += kept ? 1 : 0;
      const box = boxes.get(id);
      if (!box) continue;
      box.classList.toggle("out", !kept);
      if (kept) box.removeAttribute("tabindex"); else box.setAttribute("tabindex", "-1");
    }
    told.textContent = `${found} of ${entries.size} entries fit`;
  };

  const look = (id) => {
    const near = new Set(id ? [id] : []);
    for (const way of ways) {
      const touches = Boolean(id) && (way.dataset.from === id || way.dataset.to === id);
      way.classList.toggle("seen", touches);
      if (touches) near.add(way.dataset.from).add(way.dataset.to);
    }
    for (const [own, box] of boxes) box.classList.toggle("near", near.has(own));
    document.querySelector("svg").classList.toggle("looking", Boolean(id));
  };

  const show = (id) => {
    const entry = entries.get(id);
    if (!entry) return;
    const copy = entry.cloneNode(true);
    copy.hidden = false;
    copy.removeAttribute("id");
    copy.removeAttribute("data-entry");
    for (const heading of copy.querySelectorAll("[id]")) heading.removeAttribute("id");
    copy.removeAttribute("aria-labelledby");
    panel.replaceChildren(copy);
    look(id);
  };

  for (const [id, box] of boxes) {
    box.addEventListener("mouseenter", () => look(id));
    box.addEventListener("mouseleave", () => look(panel.dataset.shown || ""));
    box.addEventListener("focus", () => look(id));
    box.addEventListener("click", (event) => {
      event.preventDefault();
      panel.dataset.shown = id;
      show(id);
      panel.focus({ preventScroll: false });
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const shown = panel.dataset.shown;
    panel.dataset.shown = "";
    panel.replaceChildren();
    look("");
    if (shown && boxes.has(shown) && panel.contains(document.activeElement)) boxes.get(shown).focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  form.hidden = false;
  panel.hidden = false;
  choose();
})();
