// The search page: as somebody types, what `index.js` finds. The words are in the address.
"use strict";

(() => {
  const SHOWN = 10; // results at a time
  const AROUND = 60; // characters of a text before the first word, and twice as many after it
  const { fold, counted, element, who } = searchIndex;
  let asking = 0;

  // --- marking the words ----------------------------------------------------------------------

  // Folding one letter at a time keeps the places of letters, which folding a whole text may not.
  function folded(text) {
    return [...text].map((letter) => fold(letter).slice(0, letter.length).padEnd(letter.length)).join("");
  }

  const isLetter = (one) => /[\p{L}\p{N}]/u.test(one || "");

  // Whether a word, or from three letters on the beginning of one, is at a place.
  const isAt = (plain, word, place) =>
    !isLetter(plain[place - 1]) && (word.length >= 3 || !isLetter(plain[place + word.length]));

  // The first place of a word from `at` on, and its length.
  function nextWord(plain, words, at) {
    let best = null;
    for (const word of words) {
      let place = plain.indexOf(word, at);
      while (place >= 0 && !isAt(plain, word, place)) place = plain.indexOf(word, place + 1);
      if (place >= 0 && (!best || place < best[0] || (place === best[0] && word.length > best[1]))) best = [place, word.length];
    }
    return best;
  }

  function around(text, words) {
    const first = nextWord(folded(text), words, 0)?.[0] || 0;
    // Whole words: from the blank before, to the blank after.
    const start = first > AROUND ? text.lastIndexOf(" ", first - AROUND) + 1 : 0;
    const blank = text.indexOf(" ", first + 2 * AROUND);
    const end = blank < 0 ? text.length : blank;
    return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
  }

  function marked(text, words) {
    const plain = folded(text);
    const parts = [];
    let at = 0;
    for (let next = nextWord(plain, words, at); next; next = nextWord(plain, words, at)) {
      parts.push(text.slice(at, next[0]), element("mark", text.slice(next[0], next[0] + next[1])));
      at = next[0] + next[1];
    }
    return [...parts, text.slice(at)];
  }

  // --- results --------------------------------------------------------------------------------

  function result({ name, title, path, beside, text, language, titleLanguage = language, rows = [] }, words) {
    // Whoever asks for 8 means conclusion 8, and not an 8 in its text.
    const others = words.filter((word) => !fold(name).endsWith(`/${word}`));
    const heading = title || beginning(text);
    const item = element("li", element("a", marked(heading, others), { href: path, dir: "auto", lang: titleLanguage }));
    if (text && text !== heading) item.append(element("p", marked(around(text, others), others), { dir: "auto", lang: language }));
    item.append(element("small", beside.filter(Boolean).join(" · ")));
    if (rows.length) item.append(states(rows, path));
    return item;
  }

  function beginning(text) {
    const blank = text.indexOf(" ", AROUND);
    return blank < 0 ? text : `${text.slice(0, blank)} …`;
  }

  // Each state of a mandate: since when, and who is in it. A mandate that has an address of its own is
  // a link.
  function states(rows, path) {
    const list = element("ul", [], { class: "states" });
    for (const row of rows) {
      const [, word, sign, shade] = row.state;
      const ordinal = /#\d+$/.exec(row.reference)?.[0] || "";
      const own = row.path === path ? ordinal : element("a", ordinal || row.reference, { href: row.path });
      const state = element("b", [element("span", sign, { "aria-hidden": "true" }), ` ${word}`]);
      const more = [[own], [row.day === "–" ? "" : row.day], who(row)].filter((part) => part.some(Boolean));
      list.append(element("li", [state, ...more.flatMap((part) => [" · ", ...part])], { class: shade }));
    }
    return list;
  }

  function namedResult(number, words) {
    const named = searchIndex.head.named[number];
    const [code, name, kind, , names] = named;
    const others = names.filter((one) => one !== name).join(" · ");
    return result({ name, title: name, path: searchIndex.partyPath(named), beside: [code, kind], text: others }, words);
  }

  // --- answers --------------------------------------------------------------------------------

  // Of the numbers of parties and topics, those of a kind.
  const namedOf = (numbers, kind) => numbers.filter((number) =>
    !kind || kind === (number < searchIndex.head.parties.length ? "party" : "topic"));

  // What is found exactly, then with similar words, then nearest: parties as -1 - number, else entries.
  function listed(answer, kind) {
    const isMeeting = (entry) => searchIndex.head.firstEntries.has(entry);
    const wanted = (parties, entries) => [
      ...namedOf(parties, kind).map((number) => -1 - number),
      ...entries.filter((entry) => !kind || kind === (isMeeting(entry) ? "meeting" : "conclusion")),
    ];
    return [
      wanted(answer.parties, answer.entries), wanted(answer.similarParties, answer.similarEntries),
      wanted(answer.nearParties, answer.nearEntries),
    ];
  }

  function summary(exact, similar, shown, names) {
    const text = searchIndex.head.text;
    const parts = [];
    if (exact) parts.push(counted(text.found, exact));
    if (similar) parts.push(counted(text.similar, similar).replace("{words}", names.slice(0, 5).join(", ")));
    if (!parts.length) return `${text.none} ${shown ? text.nearest : text.hint}`;
    if (shown < exact + similar) parts.push(text.shown.replace("{count}", shown));
    return `${parts.join(", ")}.`;
  }

  const made = (number, words) => number < 0
    ? namedResult(-1 - number, words)
    : searchIndex.entry(number).then((entry) => result(entry, words));

  // Shows the first result alone: reading the files of the others would hold it up.
  async function show(page, answer, kind, turn) {
    const [exact, similar, nearest] = listed(answer, kind);
    const all = [...exact, ...similar, ...nearest];
    const words = [...answer.words, ...answer.similar.map(fold)];
    let shown = 0;
    async function more(isAsked) {
      const next = all.slice(shown, shown + SHOWN);
      const first = next.length ? await made(next[0], words) : null;
      if (turn !== asking) return;
      if (!isAsked) page.results.replaceChildren();
      if (first) page.results.append(first);
      shown += next.length;
      page.status.textContent = summary(exact.length, similar.length, shown, answer.similar);
      page.more.hidden = shown >= all.length;
      if (isAsked) first.querySelector("a").focus();
      await painted();
      if (turn !== asking) return;
      for (const item of next.slice(1).map((number) => made(number, words))) {
        const one = await item;
        if (turn !== asking) return;
        page.results.append(one);
      }
    }
    page.more.onclick = () => more(true).catch((error) => failed(page, error));
    await more(false);
  }

  const painted = () => new Promise((resolve) => { setTimeout(resolve, 50); });

  function failed(page, error) {
    page.status.textContent = `${page.status.dataset.failed} ${error.message}`;
  }

  function clear(page) {
    page.results.replaceChildren();
    page.status.textContent = "";
    page.more.hidden = true;
  }

  async function ask(page) {
    const turn = asking += 1;
    const words = page.input.value.trim();
    const kind = page.kind.value;
    const query = new URLSearchParams([["q", words], ["kind", kind]].filter(([, value]) => value));
    history.replaceState(null, "", String(query) ? `?${query}` : location.pathname);
    // Parties are known before any word is looked up.
    const showParties = (parties) => {
      if (turn === asking) page.results.replaceChildren(...namedOf(parties, kind).map((number) => namedResult(number, [])));
    };
    try {
      const answer = await searchIndex.find(words, showParties);
      if (turn !== asking) return;
      if (answer) await show(page, answer, kind, turn);
      else clear(page);
    } catch (error) {
      failed(page, error);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const find = (id) => document.getElementById(id);
    const page = { input: find("words"), kind: find("kind"), status: find("found"), results: find("results"), more: find("more") };
    const query = new URLSearchParams(location.search);
    page.input.value = query.get("q") || page.input.value;
    page.kind.value = query.get("kind") || "";
    page.kind.closest("[hidden]").hidden = false;
    page.input.form.addEventListener("submit", (event) => { event.preventDefault(); ask(page); });
    page.input.addEventListener("input", () => ask(page));
    page.kind.addEventListener("change", () => ask(page));
    if (page.input.value) {
      ask(page);
    } else {
      page.input.focus();
      searchIndex.loadHead().catch((error) => failed(page, error));
    }
  });
})();
