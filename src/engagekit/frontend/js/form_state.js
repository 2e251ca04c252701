/* What the assignment form knows: its answers, how far they go, and what is still missing. It holds no key.
   No document here, so node can test it. */
(function (ek) {
  "use strict";

  const SCHEMA = "answers/1";
  const { isBlank, tooLong, lower, plural, whole } = ek.formText;
  const fields = ek.formFields;

  const own = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
  const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const text = (value) => (typeof value === "string" ? value : "");

  function practitionerTurns(form) {
    return form.case.utterances.filter((each) => each.speaker === "practitioner");
  }

  /** The questions of a section by id, in order; a section of entries asks them in each entry. */
  function names(form, section) {
    if (section.kind === "coding") return practitionerTurns(form).map((turn) => turn.id);
    if (section.kind === "quotes") return section.asks.map((ask) => ask.id);
    if (section.kind === "replies") return section.prompts.map((prompt) => prompt.id);
    return section.fields.map((field) => field.id);
  }

  function isCode(form, id) {
    return form.scheme.codes.some((code) => code.id === id);
  }

  function blankRow(section) {
    return Object.fromEntries(section.fields.map((field) => [field.id, ""]));
  }

  function isBlankRow(section, row) {
    return section.fields.every((field) => fields.isEmpty(field, row[field.id]));
  }

  /** At least the fewest rows that are asked for, so that the size of the task can be seen. */
  function padded(section, rows) {
    const full = rows.slice();
    while (full.length < section.min_rows) full.push(blankRow(section));
    return full;
  }

  function readRow(form, section, value) {
    const given = isPlain(value) ? value : {};
    return Object.fromEntries(section.fields.map((field) => [field.id, own(given, field.id) ? fields.read(form, field, given[field.id]) : ""]));
  }

  function readSection(form, section, value) {
    if (section.kind === "entries") {
      const rows = Array.isArray(value) ? value.slice(0, section.max_rows) : [];
      return padded(section, rows.map((row) => readRow(form, section, row)));
    }
    if (section.kind === "fields") return readRow(form, section, value);
    const named = isPlain(value) ? value : {};
    const known = names(form, section).filter((name) => own(named, name) && text(named[name]) !== "");
    const kept = section.kind === "coding" ? known.filter((name) => isCode(form, named[name])) : known;
    return Object.fromEntries(kept.map((name) => [name, named[name]]));
  }

  /** Answers in the form's own shape, whatever came in. Questions that the form does not ask are left out. */
  function read(form, answers) {
    const given = isPlain(answers) ? answers : {};
    return Object.fromEntries(form.sections.map((section) => [section.id, readSection(form, section, own(given, section.id) ? given[section.id] : null)]));
  }

  /** Named answers without the blank ones. */
  function filled(known, value) {
    const there = known.filter((name) => own(value, name) && value[name].trim() !== "");
    return Object.fromEntries(there.map((name) => [name, whole(value[name])]));
  }

  /** The answers as they are kept: blanks left out, so that an untouched section is absent. */
  function kept(form, answers) {
    const result = {};
    for (const section of form.sections) {
      const value = answers[section.id];
      const known = names(form, section);
      if (section.kind === "entries") {
        const rows = value.filter((row) => !isBlankRow(section, row));
        if (rows.length > 0) result[section.id] = rows.map((row) => filled(known, row));
      } else {
        const found = filled(known, value);
        if (Object.keys(found).length > 0) result[section.id] = found;
      }
    }
    return result;
  }

  /** What is saved together: the answers, and the declaration where one was made for them. */
  function sheet(form, answers, declaration) {
    return { answers: kept(form, answers), declaration: declaration || null };
  }

  /** The same of a file or of another window; a declaration for other answers is none. */
  function sheetOf(form, found) {
    const answers = kept(form, read(form, found.answers));
    return { answers, declaration: ek.formDeclaration.read(found.declaration, answers) };
  }

  /** The whole of answers.json. */
  function file(form, { answers, declaration }, saved) {
    const content = { schema: SCHEMA, assignment: form.id, form: form.form, saved, answers };
    return declaration ? Object.assign(content, { declaration }) : content;
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
    return { answers: found.answers, declaration: found.declaration || null, saved: text(found.saved), older: found.form !== form.form };
  }

  function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  /** What stops one written answer from being complete: "" when nothing does. Only its form is looked at. */
  function fault(form, section, value) {
    if (isBlank(value)) return "Still empty.";
    return tooLong(value) || (section.kind === "quotes" ? ek.formCase.unquoted(form, value) : "");
  }

  /** What a row lacks, field by field: {name, label, fault}. */
  function rowFaults(form, section, row, answers) {
    const found = section.fields.map((field) => ({ name: field.id, label: field.label, fault: fields.fault(form, section, field, row, answers) }));
    return found.filter((each) => each.fault);
  }

  function missingRows(form, section, answers) {
    const rows = answers[section.id];
    const begun = rows.filter((row) => !isBlankRow(section, row)).length;
    const found = rows.flatMap((row, index) => {
      if (isBlankRow(section, row)) return [];
      return rowFaults(form, section, row, answers).map((each) => ({ name: [index, each.name], label: section.entry + " " + (index + 1) + ": " + each.label, fault: each.fault }));
    });
    const lacking = section.min_rows - begun;
    if (lacking > 0) {
      const entry = lower(section.entry);
      const label = ek.dom.count(lacking, "more " + entry, "more " + plural(entry));
      found.push({ name: [rows.findIndex((row) => isBlankRow(section, row)), ""], label, fault: "There " + (begun === 1 ? "is " : "are ") + begun + ", and at least " + section.min_rows + (section.min_rows === 1 ? " is" : " are") + " asked for." });
    }
    return found;
  }

  /** Everything in a section that is not complete: {name, label, fault}; `name` says where focus should go. */
  function missing(form, section, answers) {
    const value = answers[section.id];
    if (section.kind === "entries") return missingRows(form, section, answers);
    if (section.kind === "fields") return rowFaults(form, section, value, answers);
    if (section.kind === "coding") {
      const turns = practitionerTurns(form).map((turn, index) => ({ name: turn.id, label: "Turn " + (index + 1), fault: "Not coded yet." }));
      return turns.filter((turn) => !value[turn.name]);
    }
    const items = section.kind === "quotes" ? section.asks : section.prompts;
    return items.map((item) => ({ name: item.id, label: item.label, fault: fault(form, section, value[item.id] || "") })).filter((each) => each.fault);
  }

  /** How far a section is: {done, of}. */
  function progress(form, section, answers) {
    if (section.kind === "entries") {
      const begun = answers[section.id].filter((row) => !isBlankRow(section, row));
      const done = begun.filter((row) => rowFaults(form, section, row, answers).length === 0).length;
      return { done, of: Math.max(section.min_rows, begun.length) };
    }
    const of = names(form, section).length;
    return { done: of - missing(form, section, answers).length, of };
  }

  ek.formState = {
    SCHEMA, practitionerTurns, names, blankRow, isBlankRow, padded, read, kept, sheet, sheetOf, file, readFile, same, fault, rowFaults, missing, progress,
  };
})((globalThis.engagekit = globalThis.engagekit || {}));
