/* What the form knows about one question of each kind: what it accepts, and what it still lacks. It holds no key.
   No document here, so node can test it. */
(function (ek) {
  "use strict";
  const { isBlank, wordCount, contains, tooLong } = ek.formText;
  const DATE = /^\d{4}-\d{2}-\d{2}$/;
  const LONGEST_DATE = 80; // characters of a date that is typed in a browser without date boxes

  /** The answers that a choice offers: its own, or the codes of the scheme. */
  function options(form, field) {
    if (field.options && field.options.length > 0) return field.options;
    return form.scheme ? form.scheme.codes.map((code) => ({ id: code.id, text: code.label })) : [];
  }

  /** The choice that a link points at, with its section. */
  function target(form, field) {
    const section = form.sections.find((each) => each.id === field.section);
    return { section, field: section.fields.find((each) => each.id === field.field) };
  }

  /** The options of a link: what has been chosen in the other section so far, in the order of the choice. */
  function linked(form, field, answers) {
    const to = target(form, field);
    const value = answers[to.section.id];
    const rows = Array.isArray(value) ? value : [value || {}];
    const chosen = new Set(rows.map((row) => row[to.field.id]));
    return options(form, to.field).filter((option) => chosen.has(option.id));
  }

  /** The words of an option, whoever chose it. */
  function optionText(form, field, id) {
    const found = options(form, field.kind === "link" ? target(form, field).field : field).find((option) => option.id === id);
    return found ? found.text : id;
  }

  function isDate(value) {
    if (!DATE.test(value)) return false;
    const day = new Date(value + "T00:00:00Z");
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  }

  /** An answer as the form can show it; what it does not offer is no answer. */
  function read(form, field, value) {
    if (typeof value !== "string") return "";
    if (field.kind === "date") return value.slice(0, LONGEST_DATE);
    if (field.kind !== "choice" && field.kind !== "link") return value;
    const offered = options(form, field.kind === "link" ? target(form, field).field : field);
    return offered.some((option) => option.id === value) ? value : "";
  }

  function isEmpty(field, value) {
    return field.kind === "words" || field.kind === "quote" ? isBlank(value || "") : !value || value.trim() === "";
  }

  const FAULTS = {
    words(form, field, value) {
      const number = wordCount(value);
      return number < field.least ? "There " + (number === 1 ? "is " : "are ") + ek.dom.count(number, "word") + " here, and at least " + field.least + " are asked for." : "";
    },
    quote(form, field, value, row, section) {
      const wrong = field.out_of ? unsaid(section, field, value, row) : ek.formCase.unquoted(form, value);
      const number = wordCount(value);
      if (wrong) return wrong;
      if (number < field.min_words) return "This is " + ek.dom.count(number, "word") + " long. Quote at least " + field.min_words + ".";
      return number > field.max_words ? "This is " + number + " words long. Quote no more than " + field.max_words + "." : "";
    },
    choice: () => "",
    link(form, field, value, row, section, answers) {
      if (linked(form, field, answers).some((option) => option.id === value)) return "";
      return "What this points to is no longer chosen in " + partOf(target(form, field).section) + ". Choose again.";
    },
    date: (form, field, value) => (isDate(value) ? "" : "This is not a whole date yet, such as 2026-12-04."),
  };

  function unsaid(section, field, value, row) {
    const other = section.fields.find((each) => each.id === field.out_of);
    return contains(row[field.out_of] || "", value) ? "" : "These words are not word for word in your answer to \u201c" + other.label + "\u201d yet.";
  }

  /** "Part 1" of "Part 1. What stands in the way"; otherwise the whole title in quotation marks. */
  function partOf(section) {
    const found = /^Part \d+/.exec(section.title);
    return found ? found[0] : "\u201c" + section.title + "\u201d";
  }

  /** What stops one answer from being complete: "" when nothing does. Only its form is looked at. */
  function fault(form, section, field, row, answers) {
    const value = row[field.id] || "";
    if (isEmpty(field, value)) return field.kind === "choice" || field.kind === "link" ? "Nothing chosen yet." : "Still empty.";
    return tooLong(value) || FAULTS[field.kind](form, field, value, row, section, answers);
  }

  ek.formFields = { options, target, linked, optionText, isDate, read, isEmpty, fault, partOf };
})((globalThis.engagekit = globalThis.engagekit || {}));
