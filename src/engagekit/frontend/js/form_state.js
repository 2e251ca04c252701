/* What the assignment form knows: its answers, how far they go, and what is still missing. It holds no key.
   No document here, so node can test it. */
(function (ek) {
  "use strict";

  const SCHEMA = "answers/1";
  const LONGEST = 4000; // characters in one answer; the same as engagekit.model.MAX_TEXT
  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
  const WORD = /[\p{L}\p{N}]+(?:['\u2019-][\p{L}\p{N}]+)*/gu;

  const own = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
  const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const text = (value) => (typeof value === "string" ? value : "");

  function practitionerTurns(form) {
    return form.case.utterances.filter((each) => each.speaker === "practitioner");
  }

  /** The questions of a section by id, in order; a turn table has none, because its rows are answers. */
  function names(form, section) {
    if (section.kind === "coding") return practitionerTurns(form).map((turn) => turn.id);
    if (section.kind === "quotes") return section.asks.map((ask) => ask.id);
    if (section.kind === "replies") return section.prompts.map((prompt) => prompt.id);
    return [];
  }

  function isCode(form, id) {
    return form.scheme.codes.some((code) => code.id === id);
  }

  function blankRow() {
    return { person: "", mine: "", code: "" };
  }

  function isBlankRow(row) {
    return row.person.trim() === "" && row.mine.trim() === "" && row.code === "";
  }

  /** At least the fewest rows that are asked for, so that the size of the task can be seen. */
  function padded(section, rows) {
    const full = rows.slice();
    while (full.length < section.min_rows) full.push(blankRow());
    return full;
  }

  function readRow(form, value) {
    const found = isPlain(value) ? value : {};
    return { person: text(found.person), mine: text(found.mine), code: isCode(form, found.code) ? found.code : "" };
  }

  /** Answers in the form's own shape, whatever came in. Questions that the form does not ask are left out. */
  function read(form, answers) {
    const given = isPlain(answers) ? answers : {};
    const found = {};
    for (const section of form.sections) {
      const value = own(given, section.id) ? given[section.id] : null;
      if (section.kind === "turns") {
        const rows = Array.isArray(value) ? value.slice(0, section.max_rows).map((row) => readRow(form, row)) : [];
        found[section.id] = padded(section, rows);
        continue;
      }
      const named = isPlain(value) ? value : {};
      const known = names(form, section).filter((name) => own(named, name) && text(named[name]) !== "");
      const kept = section.kind === "coding" ? known.filter((name) => isCode(form, named[name])) : known;
      found[section.id] = Object.fromEntries(kept.map((name) => [name, named[name]]));
    }
    return found;
  }

  /** The answers as they are kept: blanks left out, so that an untouched section is absent. */
  function kept(form, answers) {
    const result = {};
    for (const section of form.sections) {
      const value = answers[section.id];
      if (section.kind === "turns") {
        const rows = value.filter((row) => !isBlankRow(row));
        if (rows.length > 0) result[section.id] = rows.map((row) => ({ person: row.person, mine: row.mine, code: row.code }));
      } else {
        const filled = names(form, section).filter((name) => own(value, name) && value[name].trim() !== "");
        if (filled.length > 0) result[section.id] = Object.fromEntries(filled.map((name) => [name, value[name]]));
      }
    }
    return result;
  }

  /** The whole of answers.json. */
  function file(form, answers, saved) {
    return { schema: SCHEMA, assignment: form.id, form: form.form, saved, answers };
  }

  /** Read an answers file that somebody chose; the answer is what it holds, or why it cannot be used. */
  function readFile(form, source) {
    let found = null;
    try {
      found = JSON.parse(source.replace(/^\uFEFF/, ""));
    } catch {
      return { refused: "That file is not an answers file: it cannot be read as answers." };
    }
    if (!isPlain(found) || found.schema !== SCHEMA || !isPlain(found.answers)) {
      return { refused: "That file is not an answers file. Look for a file whose name begins with answers and ends in .json." };
    }
    if (found.assignment !== form.id) return { refused: "That file holds answers to another assignment. Nothing was changed." };
    return { answers: found.answers, saved: text(found.saved), older: found.form !== form.form };
  }

  function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  /** A text with invisible characters gone, quotation marks plain and white space single. */
  function plain(value) {
    const unified = value.normalize("NFC").replace(INVISIBLE, "").replace(/[\u2018\u2019\u2032`]/g, "'").replace(/[\u201c\u201d\u2033]/g, '"');
    return unified.replace(/[\u2010-\u2015]/g, "-").replace(/\u2026/g, "...").replace(/\s+/g, " ").trim();
  }

  function wordCount(value) {
    return (value.match(WORD) || []).length;
  }

  function isBlank(value) {
    return wordCount(value) === 0;
  }

  /** Is a quotation somewhere in one turn of the person, word for word? This asks nothing about its meaning. */
  function isSpoken(form, quotation) {
    const wanted = plain(quotation).replace(/^["'. ]+|["'. ]+$/g, "");
    const spoken = form.case.utterances.filter((each) => each.speaker === "person");
    if (isBlank(wanted)) return false;
    const escaped = wanted.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    const whole = new RegExp("(?<![\\p{L}\\p{N}])" + escaped + "(?![\\p{L}\\p{N}])", "u");
    return spoken.some((each) => whole.test(plain(each.text)));
  }

  /** How many characters over the longest answer; 0 when it fits. */
  function excess(value) {
    return Math.max(0, [...value].length - LONGEST);
  }

  function tooLong(value) {
    const over = excess(value);
    return over > 0 ? "This is too long by " + ek.dom.count(over, "character") + ". Shorten it so that it can be saved." : "";
  }

  /** What stops one written answer from being complete: "" when nothing does. Only its form is looked at. */
  function fault(form, section, value) {
    if (isBlank(value)) return "Still empty.";
    if (excess(value) > 0) return tooLong(value);
    if (section.kind === "quotes" && !isSpoken(form, value)) {
      return "These words are not in one of " + form.case.people.person + "\u2019s turns, letter for letter.";
    }
    return "";
  }

  const COLUMNS = { person: "what the person said", mine: "what you said next", code: "your code" };

  /** What a row of the turn table still lacks: "" when it is complete. */
  function rowFault(row) {
    const empty = Object.keys(COLUMNS).filter((name) => (name === "code" ? row.code === "" : isBlank(row[name])));
    if (empty.length > 0) return "Still without " + ek.dom.listed(empty.map((name) => COLUMNS[name])) + ".";
    return tooLong(row.person) || tooLong(row.mine);
  }

  /** Everything in a section that is not complete: {name, label, fault}; `name` says where focus should go. */
  function missing(form, section, answers) {
    const value = answers[section.id];
    const found = [];
    const note = (name, label, problem) => {
      if (problem) found.push({ name, label, fault: problem });
    };
    if (section.kind === "coding") {
      practitionerTurns(form).forEach((turn, index) => note(turn.id, "Turn " + (index + 1), value[turn.id] ? "" : "Not coded yet."));
    } else if (section.kind === "turns") {
      value.forEach((row, index) => {
        if (!isBlankRow(row)) note(index, "Row " + (index + 1), rowFault(row));
      });
      const begun = value.filter((row) => !isBlankRow(row)).length;
      const lacking = section.min_rows - begun;
      const blank = value.findIndex(isBlankRow);
      if (lacking > 0) note(blank, ek.dom.count(lacking, "more row"), "There are " + begun + ", and " + section.min_rows + " are asked for.");
    } else {
      const items = section.kind === "quotes" ? section.asks : section.prompts;
      for (const item of items) note(item.id, item.label, fault(form, section, value[item.id] || ""));
    }
    return found;
  }

  /** How far a section is: {done, of}. */
  function progress(form, section, answers) {
    const value = answers[section.id];
    if (section.kind === "turns") {
      const done = value.filter((row) => rowFault(row) === "").length;
      const begun = value.filter((row) => !isBlankRow(row)).length;
      return { done, of: Math.max(section.min_rows, begun) };
    }
    const all = names(form, section);
    const whole = (name) => (section.kind === "coding" ? Boolean(value[name]) : fault(form, section, value[name] || "") === "");
    return { done: all.filter(whole).length, of: all.length };
  }

  ek.formState = {
    SCHEMA, LONGEST, practitionerTurns, names, blankRow, isBlankRow, padded, read, kept, file, readFile, same, wordCount,
    isBlank, isSpoken, excess, tooLong, fault, rowFault, missing, progress,
  };
})((globalThis.engagekit = globalThis.engagekit || {}));
