// What pages do beyond links: filter a table, offer a calendar to subscribe to. A page reads whole
// without it.
"use strict";

// How far off a deadline is, in words; the list of all duties writes it too.
function siteDistance(deadline) {
  const days = Math.round((Date.parse(deadline) - Date.parse(siteDay.asOf)) / (24 * 60 * 60 * 1000));
  const count = Math.abs(days);
  const counted = count > siteDay.inYears
    ? siteDay.years.replace("{count}", Math.floor(count / 365.2425))
    : siteDay.days[count === 1 ? 0 : 1].replace("{count}", count);
  const words = days < 0 ? siteDay.late : siteDay.ahead;
  return days ? words.replace("{days}", counted) : siteDay.today;
}

// On a telephone the style sheet makes blocks of rows; browsers then forget the heads of columns.
function siteKeepHeads(table) {
  const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "th[scope=col]": "columnheader", "th[scope=row]": "rowheader" };
  table.setAttribute("role", "table");
  for (const [parts, role] of Object.entries(roles))
    table.querySelectorAll(parts).forEach((part) => part.setAttribute("role", role));
  if (table.matches(".changed, .grid")) siteNameCells(table);
}

// There, a day says what happened on it, and the cells of the matrix say whose they are.
function siteNameCells(table) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent + (table.dataset.colon || " "));
  for (const row of table.querySelectorAll("tbody tr")) [...row.cells].forEach((cell, place) => { cell.dataset.label = heads[place]; });
  table.classList.add("named-cells");
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
    const articles = document.querySelectorAll("main article");
    const rows = [...(articles.length ? articles : document.querySelectorAll("main tbody tr:not(.year)"))]
      .map((row) => [row, fold(saidBy(row))]);
    const count = document.querySelector("[data-count]");
    const sections = articles.length ? [] : [...document.querySelectorAll("main section, main tbody:has(.year)")];
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
    notice.textContent = siteDay.age.replace("{day}", siteDay.words);
    notice.hidden = Date.now() - Date.parse(siteDay.asOf) <= WEEK;
    document.querySelector("h1").after(notice);
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

  // At once, before the page is painted, so that nothing jumps.
  startDay();
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-subscription]").forEach(startSubscription);
    document.querySelectorAll("[data-filter]").forEach(startFilter);
    document.querySelectorAll("[data-feed]").forEach(startFeed);
  });
})();

// Addresses: the other language of what is being read, a link to a conclusion or mandate to copy, and
// the way to what is on another part of its page.
(() => {
  // --- language -------------------------------------------------------------------------------

  // Whoever changes the language goes on at the same mandate, with the same words in the search.
  function startLanguage(link) {
    const page = link.href;
    const keepPlace = () => {
      const address = new URL(page);
      address.search = location.search;
      address.hash = location.hash;
      link.href = address.href;
    };
    keepPlace();
    // A script may change the address without an event, so it is read before each use too.
    for (const event of ["pointerdown", "pointerenter", "focus", "click"]) link.addEventListener(event, keepPlace);
    for (const event of ["hashchange", "popstate", "pageshow"]) addEventListener(event, keepPlace);
  }

  // --- a link to copy -------------------------------------------------------------------------

  function addressOf(anchor) {
    const canonical = document.querySelector("link[rel=canonical]");
    const { page } = document.getElementById("_copied").dataset;
    return new URL(page + anchor, canonical ? canonical.href : location.href).href;
  }

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text); // not on a host without https
      return true;
    } catch {
      return copiedByHand(text);
    }
  }

  function copiedByHand(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    field.remove();
    return done;
  }

  // What the browser does not copy, a reader can: the address is shown, and marked.
  function showAddress(button, address, label) {
    const field = document.createElement("input");
    field.className = "address";
    field.readOnly = true;
    field.value = address;
    field.setAttribute("aria-label", label);
    button.after(field);
    button.hidden = true;
    field.select();
  }

  function startCopy(named) {
    const status = document.getElementById("_copied");
    const anchor = named.querySelector("a").getAttribute("href");
    const name = named.querySelector("small").textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = status.dataset.copy;
    button.setAttribute("aria-label", status.dataset.copyOf.replace("{name}", () => name));
    named.append(" ", button);
    let clearing = 0;
    button.addEventListener("click", async () => {
      const address = addressOf(anchor);
      const done = await copied(address);
      if (done) button.focus();
      else showAddress(button, address, status.dataset.name.replace("{name}", () => name));
      const { done: said, failed } = status.dataset;
      status.textContent = done ? said.replace("{address}", () => address) : failed;
      clearTimeout(clearing);
      clearing = setTimeout(() => { status.textContent = ""; }, 8000);
    });
  }

  // --- the numbers of a meeting's conclusions, each with its link -------------------------------

  function startNumbers(place) {
    for (const head of document.querySelectorAll("article h2 a")) {
      const link = document.createElement("a");
      link.href = head.getAttribute("href");
      link.textContent = head.textContent.trim().split(/\s/).pop();
      place.append(link, " ");
    }
  }

  // --- a report by mail -----------------------------------------------------------------------

  // Its subject is the reference of the commitment, so that the secretariat knows which is meant; it
  // says what was asked by when, and what a report has to say.
  function reportLink(mail, words, subject, give, ...asked) {
    const lines = [...asked.map((part) => [...part.childNodes].map((node) => node.textContent).join(" ").slice(0, 300)), "", ...give.split("|")];
    const link = document.createElement("a");
    link.className = "reporting";
    link.href = `mailto:${mail}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines.join("\r\n"))}`;
    link.textContent = words;
    return link;
  }

  function startReport(duty) {
    const { mail, report, meeting, give } = document.getElementById("_copied").dataset;
    if (!mail) return;
    const subject = `${meeting}/${duty.querySelector(".named small").textContent}`;
    duty.append(reportLink(mail, report, subject, give, duty.querySelector(".named a"), duty.querySelector(".named + p")));
  }

  function startRowReports(section) {
    const { mail, name, party, give } = section.dataset;
    for (const cell of document.querySelectorAll(".rows:not(.ended, .here, .asked, .supported) .duties td:nth-child(5)")) {
      const reference = cell.textContent.trim();
      const [deadline, , , what] = cell.parentElement.cells;
      const link = reportLink(mail, name, `${reference}, ${party}`, give, what.querySelector("a"), deadline);
      link.setAttribute("aria-label", `${name}, ${reference}`);
      cell.append(" ", link);
    }
  }

  // --- parts of a long page -------------------------------------------------------------------

  // An address stays right when what it names has moved to another part of its page: the first
  // part has a link to everything on the others.
  function goOn() {
    const name = decoded(location.hash.slice(1));
    if (!name) return;
    const place = document.getElementById(name);
    const first = document.querySelector("[data-first]");
    for (let folded; (folded = place?.closest("details:not([open])")); ) folded.open = true;
    if (place && place.closest("[data-elsewhere]")) location.replace(withHash(place.closest("a").href));
    else if (place) showAlone(place);
    else if (first) location.replace(withHash(first.dataset.first));
  }

  // The style sheet shows a conclusion alone; its title says which it is.
  const title = document.title;
  function showAlone(place) {
    const article = place.closest("article");
    const name = article ? article.querySelector("h2 a").textContent : "";
    document.title = name ? `${name} · ${title}` : title;
    const citation = document.querySelector("[data-cite]");
    if (citation) {
      citation.dataset.cite ||= citation.textContent;
      citation.textContent = name ? citation.dataset.cite.replace(/[^,]*…$/, ` ${name}`) : citation.dataset.cite;
    }
    if (place.id === "_conclusions") scrollTo(0, 0);
  }

  function withHash(page) {
    const address = new URL(page, location.href);
    address.hash = location.hash;
    return address.href;
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".duties, .owing, .meetings, .grid").forEach(siteKeepHeads);
    document.querySelectorAll("[data-language]").forEach(startLanguage);
    document.querySelectorAll(".duty .named").forEach(startCopy);
    document.querySelectorAll(".numbers").forEach(startNumbers);
    document.querySelectorAll(".duty:is(.late, .soon, .open, .unclear)").forEach(startReport);
    document.querySelectorAll("[data-mail][data-party]").forEach(startRowReports);
    goOn();
  });
  addEventListener("hashchange", goOn);
})();
