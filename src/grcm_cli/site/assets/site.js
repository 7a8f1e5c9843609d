// What pages do beyond links: filter a list, search without a connection, offer a calendar to
// subscribe to. A page reads whole without it.
"use strict";

const grcm = (() => {
  const fold = (text) => text.normalize("NFD").replace(/[\p{M}.]/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean);
  const holdsAll = (text, words) => words.every((word) => text.includes(word));

  // --- filter ---------------------------------------------------------------------------------

  // A row may name parties by their codes; whoever types a name is right as well.
  function saidBy(row) {
    const titles = [...row.querySelectorAll("[title]")].map((one) => one.title);
    return [row.textContent, ...titles].join(" ");
  }

  function startFilter(input) {
    const rows = [...document.querySelectorAll("main tbody tr")].map((row) => [row, fold(saidBy(row))]);
    const count = document.querySelector("[data-count]");
    const sections = [...document.querySelectorAll("main section")];
    input.closest("[hidden]").hidden = false;
    input.addEventListener("input", () => {
      const words = wordsOf(input.value);
      let shown = 0;
      for (const [row, text] of rows) {
        row.hidden = !holdsAll(text, words);
        shown += row.hidden ? 0 : 1;
      }
      for (const section of sections) {
        const own = [...section.querySelectorAll("tbody tr")];
        section.hidden = own.length > 0 && own.every((row) => row.hidden);
      }
      count.textContent = words.length
        ? count.dataset.text.replace("{shown}", shown).replace("{all}", rows.length)
        : "";
    });
  }

  // --- search ---------------------------------------------------------------------------------

  const MOST = 100;
  const AROUND = 120;
  let entries = [];

  function index(more) {
    entries = entries.concat(more.map((entry) => [...entry, fold([entry[0], entry[2], entry[3], entry[4]].join(" "))]));
  }

  // Scripts, not data files: a page that is opened from a folder may load nothing else.
  function load(number) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `search/${number}.js`;
      script.onload = script.onerror = resolve;
      document.head.append(script);
    });
  }

  async function startSearch(input) {
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) input.value = asked;
    input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      find(input.value);
    });
    input.addEventListener("input", () => find(input.value));
    input.focus();
    for (let number = 1; number <= Number(input.dataset.scripts); number += 1) {
      await load(number);
      if (input.value) find(input.value);
    }
  }

  function find(asked) {
    const words = wordsOf(asked);
    const found = words.length ? entries.filter((entry) => holdsAll(entry[5], words)) : [];
    const status = document.getElementById("found");
    const { some, many, none } = status.dataset;
    const said = found.length === 0 ? none : found.length > MOST ? many : some;
    status.textContent = words.length ? said.replace("{count}", found.length).replace("{shown}", MOST) : "";
    document.getElementById("results").replaceChildren(...found.slice(0, MOST).map((entry) => result(entry, words)));
  }

  function result([name, path, beside, text], words) {
    const link = document.createElement("a");
    link.href = path;
    link.textContent = name;
    const line = document.createElement("p");
    line.append(...marked(around(text, words), words));
    const item = document.createElement("li");
    item.append(link, ` ${beside}`, line);
    return item;
  }

  // Folding one letter at a time keeps the places of letters, which folding a whole text may not.
  function folded(text) {
    return [...text].map((letter) => fold(letter).slice(0, letter.length).padEnd(letter.length)).join("");
  }

  function around(text, words) {
    const plain = folded(text);
    const places = words.map((word) => plain.indexOf(word)).filter((place) => place >= 0);
    const first = places.length ? Math.min(...places) : 0;
    const start = Math.max(0, first - AROUND);
    const end = Math.min(text.length, first + 2 * AROUND);
    return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
  }

  function marked(text, words) {
    const plain = folded(text);
    const parts = [];
    let at = 0;
    while (at < text.length) {
      const next = words
        .map((word) => [plain.indexOf(word, at), word.length])
        .filter(([place]) => place >= 0)
        .sort((one, other) => one[0] - other[0] || other[1] - one[1])[0];
      if (!next) break;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next[0], next[0] + next[1]);
      parts.push(text.slice(at, next[0]), mark);
      at = next[0] + next[1];
    }
    return [...parts, text.slice(at)];
  }

  // --- calendar -------------------------------------------------------------------------------

  // On a web host, a calendar program is given the address to subscribe to; in a folder, the file.
  function startFeed(link) {
    if (location.protocol.startsWith("http")) link.href = link.href.replace(/^https?:/, "webcal:");
  }

  // --- age ------------------------------------------------------------------------------------

  const WEEK = 7 * 24 * 60 * 60 * 1000;

  // By the reader's own clock: a page that nobody has built since shows the state of an old day.
  function showAge(notice) {
    notice.hidden = Date.now() - Date.parse(notice.dataset.asOf) <= WEEK;
  }

  // --- addresses to copy ----------------------------------------------------------------------

  // A calendar or feed program without webcal is given the whole address, where there is one.
  function startSubscription(place) {
    const field = place.querySelector("input");
    const link = place.parentElement.querySelector("a");
    if (!field.value && location.protocol.startsWith("http")) field.value = new URL(link.getAttribute("href"), location.href).href;
    place.hidden = !field.value;
    field.addEventListener("focus", () => field.select());
    startCopying(place.querySelector("[data-copy]"), field);
  }

  function startCopying(button, field) {
    if (!navigator.clipboard) return; // only where the page came by https: the field can be copied
    const text = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = text), 2000);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-subscription]").forEach(startSubscription);
    document.querySelectorAll("[data-filter]").forEach(startFilter);
    document.querySelectorAll("[data-scripts]").forEach(startSearch);
    document.querySelectorAll("[data-as-of]").forEach(showAge);
    document.querySelectorAll("[data-feed]").forEach(startFeed);
  });

  return { index };
})();
