/* What a form asks about: an interview, or a case file of papers. Both give stretches of text that can be quoted.
   No document here, so node can test it. */
(function (ek) {
  "use strict";
  const { plain, finder } = ek.formText;
  const read = new WeakMap(); // a form with its case made plain: every key stroke looks through it

  function isFile(form) {
    return Boolean(form.case.documents);
  }

  /** The papers of a case file, or the interview as one of them; only the person's turns of an interview are quoted. */
  function papers(form) {
    if (isFile(form)) return form.case.documents;
    const said = form.case.utterances.filter((each) => each.speaker === "person");
    return [{ id: "session", title: "the session", passages: said }];
  }

  /** Each paper as its plain passages. */
  function plainly(form) {
    if (!read.has(form)) read.set(form, papers(form).map((paper) => paper.passages.map((each) => plain(each.text))));
    return read.get(form);
  }

  /** Does a quotation stand in the case, within one passage? */
  function stands(form, quotation) {
    const found = finder(quotation);
    return plainly(form).some((passages) => passages.some(found));
  }

  /** Does it stand there only when sentences are read on into each other? */
  function runsOn(form, quotation) {
    const found = finder(quotation);
    return plainly(form).some((passages) => found(passages.join(" ")));
  }

  /** What stops words from being a quotation out of the case: "" when nothing does. It asks nothing about their meaning. */
  function unquoted(form, quotation) {
    if (stands(form, quotation)) return "";
    if (!isFile(form)) return "These words are not in one of " + form.case.people.person + "\u2019s turns, letter for letter.";
    if (runsOn(form, quotation)) return "These words run over more than one sentence. Quote from one sentence at a time.";
    return "These words are not word for word in the papers yet.";
  }

  /** What the form says of words that do stand there; "" of others, and of none. */
  function foundWords(form, quotation) {
    if (!stands(form, quotation)) return "";
    return isFile(form) ? ", word for word in the papers" : ", word for word in the session";
  }

  /** Should the case stand beside a section? A code is given beside the turn itself. */
  function standsBeside(form, section) {
    return isFile(form) || asksQuotes(section);
  }

  /** Does a section ask for words out of the case? */
  function asksQuotes(section) {
    const fields = section.fields || [];
    return section.kind === "quotes" || fields.some((field) => field.kind === "quote" && !field.out_of);
  }

  ek.formCase = { isFile, papers, foundWords, unquoted, standsBeside, asksQuotes };
})((globalThis.engagekit = globalThis.engagekit || {}));
