// What pages do beyond links: filter a table, offer a calendar to subscribe to. A page reads whole
// without it.
"use strict";

// How far off a deadline is, in words; the list of all duties writes it too.
function siteDistance(deadline) {
  const days = Math.round((Date.parse(deadline) - Date.parse(siteDay.asOf)) / (24 * 60 * 60 * 1000));
  const count = Math.abs(days);
  const counted = siteDay.days[count === 1 ? 0 : 1].replace("{count}", count);
  const words = days < 0 ? siteDay.late : siteDay.ahead;
  return days ? words.replace("{days}", counted) : siteDay.today;
}

(() => {
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
    const rows = [...document.querySelectorAll("main tbody tr:not(.year)")]
      .filter((row) => !row.closest(".chart"))
      .map((row) => [row, fold(saidBy(row))]);
    const count = document.querySelector("[data-count]");
    const sections = [...document.querySelectorAll("main section, main tbody:has(.year)")];
    input.closest("[hidden]").hidden = false;
    input.addEventListener("input", () => {
      const words = wordsOf(input.value);
      let shown = 0;
      for (const [row, text] of rows) {
        row.hidden = !holdsAll(text, words);
        shown += row.hidden ? 0 : 1;
      }
      for (const section of sections) {
        const own = [...section.querySelectorAll("tr:not(.year, thead tr)")];
        section.hidden = own.length > 0 && own.every((row) => row.hidden);
      }
      count.textContent = words.length
        ? count.dataset.text.replace("{shown}", shown).replace("{all}", rows.length)
        : "";
    });
  }

  // --- calendar -------------------------------------------------------------------------------

  // On a web host, a calendar program is given the address to subscribe to; in a folder, the file.
  function startFeed(link) {
    if (location.protocol.startsWith("http")) link.href = link.href.replace(/^https?:/, "webcal:");
  }

  // --- the day --------------------------------------------------------------------------------

  // The day of all pages is in `day.js` alone, so that a page on which nothing has changed stays.

  const WEEK = 7 * 24 * 60 * 60 * 1000;

  function showDay(place) {
    place.textContent = place.dataset.day.replace("{day}", siteDay.words);
  }

  function showDistance(place) {
    place.textContent = siteDistance(place.dataset.deadline);
  }

  // By the reader's own clock: a page that nobody has built since shows the state of an old day.
  function showAge(notice) {
    notice.hidden = Date.now() - Date.parse(siteDay.asOf) <= WEEK;
  }

  function startDay() {
    if (typeof siteDay === "undefined") return; // a page that was saved without its files
    document.querySelectorAll("[data-day]").forEach(showDay);
    document.querySelectorAll("[data-deadline]").forEach(showDistance);
    document.querySelectorAll("[data-age]").forEach(showAge);
  }

  // --- addresses to copy ----------------------------------------------------------------------

  // A calendar or feed program without webcal is given the whole address, where there is one.
  function startSubscription(place) {
    const field = place.querySelector("input");
    const link = place.parentElement.querySelector("a");
    if (!field.value && location.protocol.startsWith("http")) field.value = new URL(link.getAttribute("href"), location.href).href;
    place.hidden = !field.value;
    field.addEventListener("focus", () => field.select());
    startCopying(place.querySelector("[data-copy-field]"), field);
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

  // What a telephone folds stands open where there is room.
  function startFolded(details) {
    details.open = matchMedia("(min-width: 48rem)").matches;
  }

  // At once, before the page is painted, so that nothing jumps.
  startDay();
  document.querySelectorAll("[data-wide]").forEach(startFolded);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-subscription]").forEach(startSubscription);
    document.querySelectorAll("[data-filter]").forEach(startFilter);
    document.querySelectorAll("[data-feed]").forEach(startFeed);
  });
})();
