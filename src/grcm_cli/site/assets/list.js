// The list of duties: filters by party, state, deadline, body, meeting, kind and words, and orders.
// They are in the address, so that a list can be kept and sent. Nothing is loaded before a filter
// is set; until then the list is what the page has.
"use strict";

(() => {
  const SHOWN = 50; // rows at a time
  const SLICE = 10; // rows between two moments in which the page answers to its reader
  const YEARS = 60; // in the choices
  const { element, who } = searchIndex;
  const text = () => searchIndex.head.text;
  let asking = 0;

  // --- choices --------------------------------------------------------------------------------

  function addChoices(select, choices, wanted) {
    select.append(...choices.map(([value, name]) => new Option(name, value)));
    choose(select, wanted);
  }

  // What an address asks for is a choice even where the record has none of it: nothing is found then.
  function choose(field, wanted) {
    field.value = wanted;
    if (field.value !== wanted && field.options) {
      field.append(new Option(wanted, wanted));
      field.value = wanted;
    }
  }

  // The parties, bodies, meetings and years that can be chosen; those of the address are set.
  function fillChoices(form, query) {
    const { parties, bodies, meetings } = searchIndex.head;
    const { asOf } = siteDay;
    const named = (code, name) => [code, name === code ? code : `${name} (${code})`];
    const { compare } = new Intl.Collator(document.documentElement.lang);
    const byName = (one, other) => compare(one[1], other[1]);
    addChoices(form.elements.party, parties.map(([code, name]) => named(code, name)).sort(byName), query.get("party") || "");
    addChoices(form.elements.body, bodies.map(([code, name]) => named(code, name)).sort(byName), query.get("body") || "");
    const held = new Map(meetings.filter((one) => one[1]).map(([name, , body]) => [name, bodies[body] ? `${name} (${bodies[body][1]})` : name]));
    addChoices(form.elements.meeting, [...held].reverse(), query.get("meeting") || "");
    const last = Number(asOf.slice(0, 4)) + 1;
    const first = Math.max(last - YEARS, Number((meetings.find((one) => one[3]) || ["", 0, 0, asOf])[3].slice(0, 4)));
    const years = [];
    for (let year = last; year >= first; year -= 1) years.push([String(year), String(year)]);
    addChoices(form.elements.period, years, query.get("period") || "");
  }

  function setFromAddress(form, query) {
    for (const name of ["q", "state", "kind", "sort", "from", "to"]) {
      if (query.has(name)) choose(form.elements[name], query.get(name));
    }
    if (query.has("from") || query.has("to")) query.set("period", "between");
  }

  function showDays(form) {
    const { period, from, to } = form.elements;
    for (const one of [from, to]) one.closest("label").hidden = period.value !== "between";
  }

  // The filters that are set, in the order of the form.
  function criteria(form) {
    const isBetween = form.elements.period.value === "between";
    const set = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const isDay = name === "from" || name === "to";
      if (value.trim() && value !== "between" && (!isDay || isBetween)) set.set(name, value.trim());
    }
    return set;
  }

  // --- which rows -----------------------------------------------------------------------------

  function period(set) {
    const { asOf } = siteDay;
    const wanted = set.get("period") || "";
    const today = searchIndex.ordinal(asOf);
    if (/^\d+d$/.test(wanted)) return [today, today + parseInt(wanted, 10)];
    if (/^\d{4}$/.test(wanted)) return [searchIndex.ordinal(`${wanted}-01-01`), searchIndex.ordinal(`${wanted}-12-31`)];
    if (!set.has("from") && !set.has("to")) return null;
    const day = (name, other) => searchIndex.ordinal(set.get(name) || "") || other;
    const days = [day("from", 1), day("to", Infinity)];
    return [Math.min(...days), Math.max(...days)];
  }

  function statesOf(wanted) {
    const groups = new Map([["open", (one) => one[4]], ["ended", (one) => !one[4]]]);
    const isWanted = groups.get(wanted) || ((one) => one[0] === wanted);
    return searchIndex.head.states.map((one) => Boolean(isWanted(one)));
  }

  // Whether each entry belongs to a body or meeting that is wanted.
  function entriesOf(isWanted) {
    const { meetings, total } = searchIndex.head;
    const found = new Uint8Array(total);
    for (const one of meetings) if (isWanted(one)) found.fill(1, one.first, one.first + one[1] + 1);
    return found;
  }

  async function tests(set) {
    const { parties, bodies } = searchIndex.head;
    const { duties } = searchIndex;
    const found = [];
    const add = (name, test) => { if (set.has(name)) found.push(test(set.get(name))); };
    add("party", (code) => {
      const party = parties.findIndex((one) => one[0] === code);
      return (row) => party >= 0 && duties.binds(row, party);
    });
    if (set.get("state") === "unreported") found.push((row) => duties.silent(row));
    else add("state", (wanted) => { const states = statesOf(wanted); return (row) => states[duties.state(row)]; });
    add("kind", (wanted) => (row) => duties.urged(row) === Number(wanted === "encouragement"));
    add("body", (code) => { const own = entriesOf((one) => one[2] >= 0 && bodies[one[2]][0] === code); return (row) => own[duties.entry[row]]; });
    add("meeting", (name) => { const own = entriesOf((one) => one[0] === name); return (row) => own[duties.entry[row]]; });
    const days = period(set);
    if (days) found.push((row) => duties.day(row) >= days[0] && duties.day(row) <= days[1]);
    const answer = set.has("q") && await searchIndex.find(set.get("q"));
    if (answer) found.push((row) => searchIndex.isRowMeant(answer, row));
    return found;
  }

  const NEVER = 4e6; // a number after that of any day
  const URGENCY = { "?": 0, overdue: 1, "due-soon": 2, upcoming: 3, passed: 5 };
  const UNDATED = 4, CLOSED = 6;

  // As the page has them: not understood, overdue, soon, later, without a day, encouragements whose
  // day has passed, then closed ones, of which the latest comes first.
  function byUrgency({ day, state }) {
    const ranks = searchIndex.head.states.map(([key, , , , isOpen]) => (isOpen ? URGENCY[key] ?? UNDATED : CLOSED));
    return (row) => {
      const rank = ranks[state(row)];
      return NEVER * rank + (rank === CLOSED ? NEVER - 1 - day(row) : day(row) || NEVER - 1);
    };
  }

  // Numbers are sorted without a call for each pair: each has its row in its lower part.
  function sorted(rows, order) {
    const { count, day, entry } = searchIndex.duties;
    const orders = new Map([
      ["deadline", (row) => day(row) || NEVER],
      ["latest", (row) => NEVER - day(row)],
      ["newest", (row) => searchIndex.head.total - entry[row]],
      ["oldest", (row) => entry[row]],
    ]);
    const keyOf = orders.get(order) || byUrgency(searchIndex.duties);
    const keys = new Float64Array(rows.length);
    rows.forEach((row, place) => { keys[place] = keyOf(row) * count + row; });
    return keys.sort().map((key) => key % count);
  }

  // --- a row ----------------------------------------------------------------------------------

  function tableRow(row) {
    const due = row.written ? [row.day, document.createElement("br"), element("small", row.written)] : [row.day];
    const [when, ...others] = row.when;
    const state = when ? element("b", when) : element("b", siteDistance(row.deadline), { "data-deadline": row.deadline });
    return element("tr", [
      element("td", due, { class: row.day === "–" ? "none" : "" }),
      element("td", [state, ...others.flatMap((one) => [document.createElement("br"), one])]),
      element("td", who(row)),
      element("td", element("a", row.what, { href: row.path, lang: row.language })),
      element("td", row.reference),
    ], { class: row.state[3] });
  }

  async function rowOf(number) {
    const entry = searchIndex.duties.entry[number];
    const found = await searchIndex.entry(entry);
    return found.rows[number - searchIndex.duties.firstRow(entry)];
  }

  const madeRow = async (number) => tableRow(await rowOf(number));

  // --- the list as a file ---------------------------------------------------------------------

  // A spreadsheet takes what begins with one of these for a formula.
  const cell = (text) => `"${(/^['\s]*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

  // All that is listed, also what is not shown yet, in the columns of the page; days are in figures.
  async function save(page, rows) {
    const heads = [...page.filtered.querySelectorAll("thead th")].map((one) => one.textContent);
    const found = await Promise.all([...rows].map(rowOf));
    const lines = found.map((row) => [
      row.deadline || row.day, [row.when[0] || siteDistance(row.deadline), ...row.when.slice(1)].join("; "),
      element("td", who(row)).textContent, row.what, row.reference,
    ]);
    const text = [heads, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`);
    const file = URL.createObjectURL(new Blob(["\ufeff", ...text], { type: "text/csv" }));
    const name = [...criteria(page.form).values(), siteDay.asOf].join("-").replace(/[^\p{L}\p{N}-]+/gu, "_");
    element("a", [], { href: file, download: `${name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(file), 60000);
  }

  // --- the list -------------------------------------------------------------------------------

  // Shows the first row alone: reading the files of the others would hold it up.
  function show(page, rows, party, turn) {
    const body = page.filtered.querySelector("tbody");
    let shown = 0;
    async function more(isAsked) {
      const next = rows.slice(shown, shown + SHOWN);
      const first = next.length ? await madeRow(next[0]) : null;
      if (turn !== asking) return;
      if (!isAsked) body.replaceChildren();
      if (first) body.append(first);
      siteKeepHeads(body.parentElement);
      page.filtered.hidden = !rows.length;
      page.whole.hidden = true;
      shown += next.length;
      page.count.textContent = counting(rows, party, shown);
      page.more.hidden = shown >= rows.length;
      if (isAsked) first.querySelector("a").focus();
      for (let at = 1; at < next.length; at += SLICE) {
        await painted();
        if (turn !== asking) return;
        const made = await Promise.all([...next.slice(at, at + SLICE)].map(madeRow));
        if (turn !== asking) return;
        body.append(...made);
        siteKeepHeads(body.parentElement);
      }
    }
    page.save.onclick = () => save(page, rows).catch((error) => failed(page, error));
    page.more.onclick = () => more(true).catch((error) => failed(page, error));
    return more(false);
  }

  const painted = () => new Promise((resolve) => { setTimeout(resolve, 20); });

  // Everything is counted in commitments: those of the party, if one is chosen.
  function counting(rows, party, shown) {
    if (!rows.length) return text().noRows;
    const { count, tasks } = searchIndex.duties;
    let all = 0;
    for (let row = 0; row < count; row += 1) all += tasks(row);
    const sum = (some) => some.reduce((before, row) => before + tasks(row, party), 0);
    const inRows = sum(rows.slice(0, shown));
    let words = text().rows.replace("{count}", sum(rows)).replace("{all}", all);
    if (shown < rows.length) words += `, ${text().shown.replace("{count}", inRows)}`;
    return inRows > shown ? text().inRows[shown === 1 ? 0 : 1].replace("{tasks}", words).replace("{count}", shown) : words;
  }

  // Who has filtered by a party is led to its page, where it says how to report.
  function showOwner(owner, party) {
    const one = searchIndex.head.parties[party];
    owner.hidden = !one;
    if (!one) return;
    const link = owner.querySelector("a");
    link.href = searchIndex.partyPath(one);
    owner.dataset.text ||= link.textContent;
    link.textContent = owner.dataset.text.replace("{name}", one[1]);
  }

  function failed(page, error) {
    page.count.textContent = `${page.form.dataset.failed} ${error.message}`;
    page.filtered.hidden = !page.filtered.querySelector("td");
    page.whole.hidden = !page.filtered.hidden;
  }

  async function filter(page) {
    const turn = asking += 1;
    showDays(page.form);
    const set = criteria(page.form);
    page.reset.hidden = !String(set);
    if (page.places) page.places.hidden = Boolean(String(set)); // their numbers are those of the whole list
    if (!String(set)) {
      page.filtered.hidden = true;
      page.whole.hidden = false;
      page.count.textContent = page.everything;
      return;
    }
    try {
      await Promise.all([searchIndex.loadHead(), searchIndex.loadDuties()]);
      const all = await tests(set);
      if (turn !== asking) return;
      const rows = [];
      for (let row = 0; row < searchIndex.duties.count; row += 1) {
        if (all.every((test) => test(row))) rows.push(row);
      }
      const party = searchIndex.head.parties.findIndex((one) => one[0] === set.get("party"));
      showOwner(page.owner, party);
      await show(page, sorted(rows, set.get("sort") || ""), party, turn);
    } catch (error) {
      failed(page, error);
    }
  }

  // The filters are in the address.
  function changed(page) {
    const query = String(criteria(page.form));
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    filter(page);
  }

  async function start() {
    const find = (id) => document.getElementById(id);
    const page = { form: find("filters"), count: find("count"), filtered: find("filtered"), whole: find("whole"), more: find("more"), save: find("save"), owner: find("owner"), reset: document.querySelector(".reset"), places: document.querySelector(".counts") };
    if (!page.form) return;
    page.everything = page.count.textContent;
    const query = new URLSearchParams(location.search);
    page.form.hidden = false;
    setFromAddress(page.form, query);
    const folded = page.form.querySelector("details");
    folded.open ||= [...folded.querySelectorAll("select")].some((one) => query.get(one.name));
    page.form.addEventListener("submit", (event) => { event.preventDefault(); changed(page); });
    page.form.addEventListener("change", (event) => { if (event.target.type !== "search") changed(page); });
    page.form.elements.q.addEventListener("input", () => changed(page));
    // Who opens a filter will use it: what it looks at is on its way by then.
    page.form.addEventListener("focusin", () => searchIndex.loadDuties().catch(() => {}), { once: true });
    const isFiltered = String(query) !== "";
    if (isFiltered) {
      if (page.places) page.places.hidden = true;
      page.filtered.hidden = false; // its room is taken, so that nothing jumps
      page.whole.hidden = true;
      searchIndex.loadDuties().catch(() => {});
    }
    try {
      await searchIndex.loadHead();
    } catch (error) {
      failed(page, error);
      return;
    }
    fillChoices(page.form, query);
    if (isFiltered) await filter(page);
  }

  document.addEventListener("DOMContentLoaded", start);
})();
