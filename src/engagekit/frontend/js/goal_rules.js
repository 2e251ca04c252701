/* What can be seen from a goal's own words: an act, a test, a time, a person. Never a mark. The Python twin is
   engagekit.scoring.goal, which also has the lists of words; both are held to tests/golden/goals.json. */
(function (ek) {
  "use strict";

  const LONGEST = 500; // characters of a part that are read
  const start = (text) => [...text].slice(0, LONGEST).join("");

  function tokens(text) {
    return text.replace(/\u2019/g, "'").toLowerCase().match(/[a-z0-9]+(?:'[a-z]+)?/g) || [];
  }

  /** The phrase that comes first in the words; the longer one where two start together. */
  function find(words, phrases) {
    let best = "";
    let place = words.length;
    for (const phrase of phrases) {
      const wanted = phrase.split(" ");
      for (let at = 0; at + wanted.length <= words.length; at += 1) {
        if (!wanted.every((word, index) => words[at + index] === word)) continue;
        if (at < place || (at === place && phrase.length > best.length)) [best, place] = [phrase, at];
        break;
      }
    }
    return best;
  }

  const remark = (part, finding, kind, words) => ({ part, finding, kind, words });

  /** The first word with a digit in it, such as "4" or "5k". */
  const numbered = (words) => words.find((word) => /[0-9]/.test(word)) || "";

  function ofAct(text, lists) {
    let words = tokens(text);
    const opener = lists.openers.map((each) => each.split(" ")).find((each) => each.every((word, index) => words[index] === word));
    if (opener) words = words.slice(opener.length);
    const avoided = find(words.slice(0, 3), lists.avoidance);
    const vague = find(words, lists.vague);
    const remarks = [];
    if (avoided) remarks.push(remark("act", find(words, lists.instead) ? "unsure" : "fault", "avoidance", avoided));
    if (vague) remarks.push(remark("act", "fault", "vague", vague));
    if (remarks.length > 0) return remarks;
    const seen = find(words.slice(0, 2), lists.acts);
    return [remark("act", seen ? "found" : "unsure", "observable", seen)];
  }

  function ofTest(text, lists) {
    const words = tokens(text);
    const evidence = numbered(words) || find(words, lists.numbers) || find(words, lists.evidence);
    if (evidence) return remark("test", "found", "test", evidence);
    const vague = find(words, lists.vague_test);
    return remark("test", vague ? "fault" : "unsure", vague ? "vague" : "test", vague);
  }

  function ofTime(text, lists) {
    const words = tokens(text);
    const written = (text.match(/[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}/) || [""])[0];
    const found = written || find(words, [...lists.months, ...lists.days, ...lists.points]) || numbered(words);
    if (found) return remark("by", "found", "date", found);
    const vague = find(words, lists.vague_time);
    return remark("by", vague ? "fault" : "unsure", "date", vague);
  }

  function ofOwner(text, lists) {
    const words = tokens(text);
    const owner = find(words, lists.people);
    if (owner) return remark("who", "found", "owner", owner);
    const nobody = find(words, lists.nobody);
    if (nobody) return remark("who", "fault", "owner", nobody);
    const name = text.match(/[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]+/);
    return remark("who", name ? "found" : "unsure", "owner", name ? name[0] : "");
  }

  /** One remark a part of {act, test, by, who}; `lists` are the words that the exercise brings. */
  function read(goal, lists) {
    const part = (name) => start(goal[name] || "");
    return [...ofAct(part("act"), lists), ofTest(part("test"), lists), ofTime(part("by"), lists), ofOwner(part("who"), lists)];
  }

  ek.goalRules = { read };
})((globalThis.engagekit = globalThis.engagekit || {}));
