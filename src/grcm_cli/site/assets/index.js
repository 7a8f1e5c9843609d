// The index of the record: which entries and rows match, for the search and the list.
// Its files are scripts, because a page that is opened from a folder may load nothing else; each
// calls one of the functions at the end. Files are loaded when a question needs them.
"use strict";

const searchIndex = (() => {
  const ROOT = new URL("..", document.currentScript.src);
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const LONGEST = 32; // characters of a word in the index
  const SHORTEST_PREFIX = 3; // letters of a word that may be the beginning of another
  const SHORTEST_MISSPELT = 4;
  const NUMBER = 5, EXACT = 4, BEGINS = 3, BOUND = 2, SIMILAR = 1; // how well an entry matches a term
  const NEAREST = 20; // entries that are shown where none has all words

  const value = new Uint8Array(128);
  [...DIGITS].forEach((digit, number) => { value[digit.charCodeAt(0)] = number; });

  // --- files ----------------------------------------------------------------------------------

  const loading = new Map();
  let head = null;
  let duties = null;
  let vocabulary = [];
  const wordFiles = [];
  const entryFiles = {}; // of each language

  function load(path) {
    if (!loading.has(path)) {
      loading.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(path, ROOT);
        script.onload = resolve;
        script.onerror = () => { loading.delete(path); reject(new Error(path)); };
        document.head.append(script);
      }));
    }
    return loading.get(path);
  }

  const loadHead = () => load(`${document.documentElement.lang}/search/head.js`);
  const loadDuties = () => load("search/duties.js");

  // The place of the last number that is not greater; texts compare the same way.
  function lastNotAfter(sorted, wanted) {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= wanted) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  // --- reading columns of digits --------------------------------------------------------------

  // Numbers in digits of five bits, the lowest first: the sixth bit says that there is another.
  function eachSum(text, tell) {
    let sum = 0, number = 0, shift = 0;
    for (let at = 0; at < text.length; at += 1) {
      const digit = value[text.charCodeAt(at)];
      number += (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        sum += number;
        tell(sum);
        number = shift = 0;
      }
    }
  }

  // The columns stay as they are: a question reads what it needs of the rows that it looks at.
  function readDuties(width, gaps, kinds, days, parties, sizes, several) {
    const count = kinds.length;
    const entry = new Int32Array(count);
    let row = 0;
    eachSum(gaps, (sum) => { entry[row] = sum; row += 1; });
    const digit = (column, at) => value[column.charCodeAt(at)];
    const number = (column, from, digits) => {
      let sum = 0;
      for (let at = from; at < from + digits; at += 1) sum = (sum << 6) | digit(column, at);
      return sum;
    };
    const own = new Map();
    for (let at = 0; at < several.length; at += 3) own.set(`${several[at]} ${several[at + 1]}`, several[at + 2]);
    return {
      count, entry,
      // How many tasks a row has, or a party of it.
      tasks: (one, party = -1) => (party < 0 ? number(sizes, 3 * one, 3) : own.get(`${one} ${party}`) || 1),
      state: (one) => (digit(kinds, one) & 31) >> 1,
      silent: (one) => digit(kinds, one) >> 5,
      urged: (one) => digit(kinds, one) & 1,
      day: (one) => number(days, 4 * one, 4),
      binds: (one, party) => (digit(parties, one * width + Math.floor(party / 6)) >> party % 6) & 1,
      firstRow: (wanted) => lastNotAfter(entry, wanted - 1) + 1,
    };
  }

  function readHead(read) {
    let next = 0;
    for (const meeting of read.meetings) {
      meeting.first = next;
      meeting.folded = fold(meeting[0]);
      meeting.parts = wordsOf(meeting[0]);
      next += meeting[1] + 1;
    }
    read.total = next;
    read.firsts = read.meetings.map((meeting) => meeting.first);
    read.firstEntries = new Set(read.firsts);
    // What is found by its name alone: a topic has the number behind that of the last party.
    read.named = [...read.parties, ...read.topics];
    for (const one of read.named) one.words = wordsOf([one[0], ...one[4]].join(" "));
    return read;
  }

  // --- words ----------------------------------------------------------------------------------

  // As `fold` of search_words.py.
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}.]/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu)?.map((word) => word.slice(0, LONGEST)) || [];

  async function entriesOf(from, tell, until = from) {
    const first = Math.max(0, lastNotAfter(head.words, from));
    const last = Math.max(0, lastNotAfter(head.words, until));
    const numbers = [];
    for (let number = first; number <= last && number < head.words.length; number += 1) numbers.push(number);
    await Promise.all(numbers.map((number) => load(`search/words.${number + 1}.js`)));
    for (const number of numbers) {
      for (const line of wordFiles[number]) {
        const end = line.indexOf(" ");
        const word = line.slice(0, end);
        if (word >= from && word <= until) tell(word, line.slice(end + 1));
      }
    }
  }

  // Whether one letter added, left out, changed or exchanged with its neighbour makes `one` of
  // `other`; of a long word, also of the beginning of `other`.
  function isSimilar(one, other) {
    const longest = Math.min(one.length, other.length);
    let at = 0;
    while (at < longest && one[at] === other[at]) at += 1;
    const rest = (left, right) => {
      const from = one.slice(left), to = other.slice(right);
      return from === to || (one.length >= 6 && to.startsWith(from));
    };
    if (at === one.length) return other.length - at <= 1;
    return rest(at + 1, at) || rest(at, at + 1) || rest(at + 1, at + 1)
      || (one[at] === other[at + 1] && one[at + 1] === other[at] && rest(at + 2, at + 2));
  }

  // --- what is asked --------------------------------------------------------------------------

  // A term is a word, a state, a party, a meeting or the number of a conclusion.
  function termsOf(asked) {
    const terms = [];
    for (const part of fold(asked).split(/[\s,;]+/).map((one) => one.replace(/^#/, "")).filter(Boolean)) {
      const slash = part.indexOf("/");
      if (/[/#]/.test(part)) {
        if (slash > 0) terms.push({ meeting: part.slice(0, slash) });
        const number = part.slice(slash + 1);
        if (number && number !== "#") {
          terms.push({ number: `/${number.replace(/#$/, "")}`, whole: slash > 0 ? `/${part}` : "", anchor: ofAnchor(number) });
        }
      } else if (part.includes("-") && head.meetings.some((one) => one.folded.startsWith(part))) {
        terms.push({ meeting: part });
      } else if (ofAnchor(part)) {
        terms.push({ words: wordsOf(part), anchor: ofAnchor(part) });
      } else {
        terms.push(...wordsOf(part).map((word) => ({ word })));
      }
    }
    return namedTerms(numberedTerms(terms));
  }

  // A mandate as addresses name it: 8-2 is 8#2.
  const ofAnchor = (text) => (/^\d[^#]*-\d+$/.test(text) ? `/${text.replace(/-(\d+)$/, "#$1")}` : "");

  // "Conclusion 8" is a number, and no text with that word.
  function numberedTerms(terms) {
    const isNumber = (term) => /^\d/.test(term?.word || "") || Boolean(term?.number || term?.anchor);
    const isKind = (term) => head.numbered.includes(term?.word);
    return terms.flatMap((term, place) => {
      if (isKind(term) && isNumber(terms[place + 1])) return [];
      return [isKind(terms[place - 1]) && /^\d/.test(term.word || "") ? { number: `/${term.word}` } : term];
    });
  }

  // Words that together name a state or a party become one term.
  function namedTerms(terms) {
    const found = [];
    let at = 0;
    while (at < terms.length) {
      let length = 0;
      while (at + length < terms.length && terms[at + length].word) length += 1;
      let named = null;
      for (; length > 0 && !named; length -= 1) named = namedTerm(terms.slice(at, at + length).map((one) => one.word));
      found.push(named || terms[at]);
      at += named ? named.words.length : 1;
    }
    return found;
  }

  function namedTerm(words) {
    const phrase = words.join(" "), name = words.join("");
    const states = head.states.flatMap((state, number) => (state[5].includes(phrase) ? [number] : []));
    if (states.length) return { states, words };
    const exact = head.parties.findIndex((one) => one[5].includes(name));
    const party = exact < 0 && name.length >= SHORTEST_PREFIX ? onlyParty(words, name) : exact;
    return party >= 0 ? { party, words } : null;
  }

  // The only party whose name begins so, or has words that do; -1 where there is none, or several.
  function onlyParty(words, name) {
    const isMeant = (one) => one[5].some((known) => known.startsWith(name)) ||
      words.every((word) => one.words.some((known) => known.startsWith(word)));
    const first = head.parties.findIndex(isMeant);
    return head.parties.slice(first + 1).some(isMeant) ? -1 : first;
  }

  // --- which entries match --------------------------------------------------------------------

  function mark(marks, entry, how) {
    if (marks[entry] < how) marks[entry] = how;
  }

  function markMeeting(marks, meeting, how) {
    for (let entry = meeting.first; entry <= meeting.first + meeting[1]; entry += 1) mark(marks, entry, how);
  }

  function markRows(marks, term, how) {
    for (let row = 0; row < duties.count; row += 1) {
      if ((!term.states || term.states.includes(duties.state(row))) &&
          (term.parties || []).every((party) => duties.binds(row, party))) mark(marks, duties.entry[row], how);
    }
  }

  async function markWord(marks, word) {
    const begins = word.length >= SHORTEST_PREFIX;
    await entriesOf(word, (found, entries) => {
      eachSum(entries, (sum) => mark(marks, sum - 1, found === word ? EXACT : BEGINS));
    }, begins ? `${word}\uffff` : word);
    for (const meeting of head.meetings) {
      if (meeting.parts.includes(word)) markMeeting(marks, meeting, EXACT);
      else if (begins && meeting.parts.some((part) => part.startsWith(word))) markMeeting(marks, meeting, BEGINS);
    }
    if (/^\d/.test(word)) await markNumber(marks, `/${word}`);
  }

  async function markNumber(marks, number) {
    await entriesOf(number, (_found, entries) => eachSum(entries, (sum) => mark(marks, sum - 1, NUMBER)));
  }

  async function allWords(words) {
    const each = await Promise.all(words.map((word) => marksOf({ word })));
    return each[0].map((_how, entry) => Math.min(...each.map((marks) => marks[entry])));
  }

  async function marksOf(term) {
    let marks = new Uint8Array(head.total);
    if (term.word) await markWord(marks, term.word);
    if (term.words) marks = await allWords(term.words);
    if (term.states || "party" in term) await loadDuties();
    if (term.states) markRows(marks, term, EXACT);
    if ("party" in term) markRows(marks, { parties: [term.party] }, BOUND);
    if (term.number) await markNumber(marks, term.number);
    if (term.meeting) {
      for (const meeting of head.meetings) {
        if (meeting.folded === term.meeting) markMeeting(marks, meeting, EXACT);
        else if (meeting.folded.startsWith(term.meeting)) markMeeting(marks, meeting, BEGINS);
      }
    }
    return marks;
  }

  // A party and a state together: what that party owes in that state, or a text that names it.
  async function joinedMarks(terms) {
    const states = terms.find((term) => term.states);
    const parties = terms.filter((term) => "party" in term);
    const each = new Map();
    await Promise.all(terms.map(async (term) => each.set(term, await marksOf(term))));
    if (terms.length > 1) terms.forEach((term) => markConclusions(each.get(term), term));
    if (states && parties.length) {
      const owed = new Uint8Array(head.total);
      markRows(owed, { states: states.states, parties: parties.map((term) => term.party) }, EXACT);
      for (const term of parties) {
        each.set(term, each.get(term).map((how, entry) => (how === BOUND ? 0 : how) || owed[entry]));
      }
    }
    return each;
  }

  // What is said of a meeting, as its place or body, counts for its conclusions beside other words.
  function markConclusions(marks, { word, party = -1 }) {
    if (!word && !head.bodies.some(([code]) => head.parties[party]?.[0] === code)) return;
    for (const meeting of head.meetings) if (marks[meeting.first]) markMeeting(marks, meeting, BEGINS);
  }

  function leastMarks(each) {
    const [first, ...others] = each.values();
    const least = first.slice();
    for (const marks of others) {
      for (let entry = 0; entry < least.length; entry += 1) {
        if (marks[entry] < least[entry]) least[entry] = marks[entry];
      }
    }
    return least;
  }

  // A chunk with a slash may be a number as a whole: AG/RES.1765. One with a hyphen is a mandate where
  // there is one.
  async function wholeNumbers(terms) {
    const found = [];
    for (const term of terms) {
      if (term.whole && (await hasNumber(term.whole))) {
        found.pop();
        found.push({ number: term.whole });
      } else {
        found.push(term.anchor && (await hasNumber(term.anchor)) ? { number: term.anchor } : term);
      }
    }
    return found;
  }

  async function hasNumber(number) {
    let exists = false;
    await entriesOf(number, () => { exists = true; });
    return exists;
  }

  // --- similar words --------------------------------------------------------------------------

  // Marks what a misspelt word may mean; returns these words.
  async function markSimilar(marks, word) {
    const names = new Set();
    const states = head.states.flatMap((state, number) => (state[5].some((one) => isSimilar(word, one)) ? [number] : []));
    if (states.length) {
      await loadDuties();
      markRows(marks, { states }, SIMILAR);
      for (const number of states) names.add(head.states[number][1]);
    }
    for (const other of vocabulary.filter((one) => one !== word && isSimilar(word, one))) {
      names.add(other);
      await entriesOf(other, (_found, entries) => eachSum(entries, (sum) => mark(marks, sum - 1, SIMILAR)));
    }
    return [...names];
  }

  async function similarMarks(each) {
    const words = [...each.keys()].filter((term) => term.word && term.word.length >= SHORTEST_MISSPELT && !/\d/.test(term.word));
    if (!words.length) return [];
    await load("search/vocabulary.js");
    const unknown = words.filter((term) => each.get(term).every((how) => how === 0));
    const names = [];
    for (const term of unknown.length ? unknown : words) names.push(...await markSimilar(each.get(term), term.word));
    return names;
  }

  // --- answers --------------------------------------------------------------------------------

  function partiesWith(terms, matches) {
    const others = terms.filter((term) => !term.states);
    const words = others.flatMap((term) => term.words || [term.word || ""]);
    if (!words.length || words.includes("")) return [];
    const joined = words.join("");
    return head.named.flatMap((party, number) =>
      party[5].some((name) => name.startsWith(joined)) || words.every((word) => party.words.some((one) => matches(one, word)))
        ? [number] : []);
  }

  // The entries of one mark, the latest meeting first, each before its conclusions.
  function entriesWith(least, how) {
    const found = [];
    for (let place = head.meetings.length - 1; place >= 0; place -= 1) {
      const meeting = head.meetings[place];
      for (let entry = meeting.first; entry <= meeting.first + meeting[1]; entry += 1) {
        if (least[entry] === how) found.push(entry);
      }
    }
    return found;
  }

  // Where nothing has all words: the entries with most of them. A rare one counts for more than a
  // common one, and what is no mere word (a number, a party, a state) for more than any.
  function nearestEntries(each) {
    const scores = new Float64Array(head.total);
    for (const [term, marks] of each) {
      const count = marks.reduce((sum, how) => sum + Math.sign(how), 0);
      const weight = (count ? Math.log(head.total / count) : 0) * (/^\p{L}/u.test(term.word || "") ? 1 : 4);
      marks.forEach((how, entry) => { if (how) scores[entry] += weight; });
    }
    const found = entriesWith(Uint8Array.from(scores, (score) => Number(score > 0)), 1);
    return found.sort((one, other) => scores[other] - scores[one]).slice(0, NEAREST);
  }

  // Returns parties and entries that match, or else those that match with a similar word, or else the
  // nearest ones. The parties are told as soon as they are known.
  async function find(asked, tellParties = () => {}) {
    await loadHead();
    const first = termsOf(asked);
    if (!first.length) return null;
    const parties = partiesWith(first, (one, word) => one.startsWith(word));
    if (parties.length) tellParties(parties);
    const terms = await wholeNumbers(first);
    const each = await joinedMarks(terms);
    const least = leastMarks(each);
    const entries = [NUMBER, EXACT, BEGINS, BOUND].flatMap((how) => entriesWith(least, how));
    const answer = {
      parties, entries, similar: [], similarParties: [], similarEntries: [], nearParties: [], nearEntries: [],
      words: terms.flatMap((term) => (term.anchor ? [] : term.words || (term.word ? [term.word] : []))),
      terms, least,
    };
    if (!parties.length && !entries.length) {
      answer.similar = await similarMarks(each);
      answer.least = leastMarks(each);
      answer.similarEntries = entriesWith(answer.least, SIMILAR);
      answer.similarParties = partiesWith(terms, (one, word) => word.length >= SHORTEST_MISSPELT && isSimilar(word, one));
      if (!answer.similarEntries.length && !answer.similarParties.length && terms.length > 1) {
        answer.nearParties = terms.flatMap((term) => ("party" in term ? [term.party] : []));
        answer.nearEntries = nearestEntries(each);
      }
    }
    return answer;
  }

  // Whether a row of an entry that matches is meant itself: in the state that is asked for, and
  // owed by the party, unless the text names it.
  function isRowMeant(answer, row) {
    const how = answer.least[duties.entry[row]];
    return how > 0 && answer.terms.every((term) =>
      (!term.states || term.states.includes(duties.state(row))) &&
      (!("party" in term) || how !== BOUND || duties.binds(row, term.party)));
  }

  // --- what results show ----------------------------------------------------------------------

  async function entry(number) {
    const file = lastNotAfter(head.files, number);
    const languages = [document.documentElement.lang, head.first];
    await Promise.all(languages.map((language) => load(`${language}/search/entries.${file + 1}.js`)));
    const meeting = head.meetings[lastNotAfter(head.firsts, number)];
    const [found, first] = languages.map((language) => entryFiles[language][file][number - head.files[file]]);
    return meeting.first === number ? meetingEntry(meeting, found) : conclusionEntry(meeting, found, first);
  }

  const meetingPath = (meeting) => meeting[4] || `meeting/${meeting[0]}.html`;

  function meetingEntry(meeting, [days = "", place = "", title = meeting[0], language = ""]) {
    return { name: meeting[0], title, path: meetingPath(meeting), beside: [title !== meeting[0] && meeting[0], days, place], text: "", language, rows: [] };
  }

  // What is said in the words of the site's first language stands in the `first` entry.
  function conclusionEntry(meeting, [number, part, ownText, language, documents = "", entryMandates = []], first) {
    const text = ownText || first[2];
    const mandates = entryMandates.map((one, place) => (one[1] === 1 ? [one[0], first[5][place][1] || first[2], ...one.slice(2)] : one));
    const base = meetingPath(meeting);
    const file = part ? base.replace(/html$/, `${part}.html`) : base;
    const path = `${file}#${encodeURIComponent(number).replaceAll("%2F", "/")}`;
    const rows = mandates.flatMap(([ordinal, what, ownLanguage, ownPath, found]) => found.map(
      ([state, deadline = "", day = "", written = "", when = [], lead = "", who = [], other = 0]) => ({
        reference: `${meeting[0]}/${number}${ordinal ? `#${ordinal}` : ""}`, path: ownPath || path,
        state: head.states[state], deadline, day: day || longDay(deadline), written, when, lead, who,
        what: other || what || text, language: ownLanguage,
      })));
    // What is to be done is the title; of a conclusion that asks for nothing, how it begins.
    const title = mandates.map((one) => one[1]).filter(Boolean).join("; ");
    const name = `${meeting[0]}/${number}`;
    const body = [text, documents].filter(Boolean).join(" · ");
    return { name, title, path, beside: [name, longDay(meeting[3])], text: body, language, titleLanguage: title ? mandates[0][2] : language, rows };
  }

  function longDay(iso) {
    if (!iso) return "";
    const [year, month, day] = iso.split("-").map(Number);
    const number = day === 1 ? head.first_day : day;
    return head.date.replace("{day}", number).replace("{month}", head.months[month - 1]).replace("{year}", year);
  }

  // --- parts of a result and of a row ---------------------------------------------------------

  function element(name, content = [], values = {}) {
    const made = document.createElement(name);
    made.append(...[content].flat());
    for (const [key, value] of Object.entries(values)) if (value) made.setAttribute(key, value);
    return made;
  }

  function partyLink(one) {
    const [label, code] = Array.isArray(one) ? one : [one, one];
    const party = code && head.parties.find((known) => known[0] === code);
    if (!party) return label;
    return element("a", label, { href: partyPath(party), title: party[1] === label ? "" : party[1] });
  }

  // How many of a mandate's parties a row has, and their links.
  function who(row) {
    const tasks = row.who.map((task) => task.flatMap((one, place) => (place ? [" + ", partyLink(one)] : [partyLink(one)])));
    const links = tasks.flatMap((task, place) => (place ? [", ", ...task] : task));
    return row.lead && links.length ? [row.lead + head.colon, ...links] : [row.lead, ...links];
  }

  const partyPath = (party) => party[3] || `party/${party[0]}.html`;
  const counted = (forms, count) => forms[count === 1 ? 0 : 1].replace("{count}", count);
  const ordinal = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000) + 719163;

  return {
    find, isRowMeant, entry, fold, loadHead, loadDuties, ordinal, partyPath, counted, element, who,
    get head() { return head; },
    get duties() { return duties; },
    // What the files of the index call.
    receive: {
      head(read) { head = readHead(read); },
      duties(...columns) { duties = readDuties(...columns); },
      words(number, lines) { wordFiles[number] = lines.split(","); },
      vocabulary(coded) {
        let before = "";
        vocabulary = coded.split(",").filter(Boolean).map((word) => {
          before = before.slice(0, value[word.charCodeAt(0)]) + word.slice(1);
          return before;
        });
      },
      entries(language, number, read) { (entryFiles[language] ||= [])[number] = read; },
    },
  };
})();
