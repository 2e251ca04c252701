/*
 * Read a typed reply by transparent rules: what it seems to do, which words say so, how sure that is. Never a mark.
 * The twin of scoring/reply.py: the same cue table in, the same reading out. Places are counted in UTF-16 units, so
 * text.slice(start, end) gives the words.
 */
(function (ek) {
  "use strict";

  const { compile, matchAny, fits, clausesOf } = ek.replyClauses;
  const OPAQUE = ek.replyWords.OPAQUE;

  /** Why a rule fits, with the learner's own words in it. */
  function reasonOf(rule, spans, clause, table, chars) {
    const said = spans.length ? chars.slice(spans[0][0], spans[0][1]).join("") : "";
    const words = said.split(/[ \t\n\r\u00a0]+/).filter(Boolean).join(" ");
    const unmarked = rule.asks && clause.mark === "no";
    return (unmarked ? table.cues.no_mark : "") + rule.reason.split("{words}").join(words);
  }

  /** Add a finding, or join it to the one before when one sentence goes on doing the same. */
  function add(drafts, draft) {
    const last = drafts[drafts.length - 1];
    if (!last || last.sentence !== draft.sentence || last.rule.code !== draft.rule.code) {
      drafts.push(draft);
      return;
    }
    const place = [last.place[0], draft.place[1]];
    if (last.certain === "unsure" && draft.certain === "clear") drafts[drafts.length - 1] = draft;
    drafts[drafts.length - 1].place = place;
  }

  /** Read one clause by the first rule that fits. */
  function readClause(clause, words, table, chars, drafts) {
    const earlier = new Set(drafts.map((draft) => draft.rule.id));
    const place = [words[clause.first].start, words[clause.last - 1].end];
    for (const rule of table.rules) {
      const spans = fits(rule, clause, words, table, earlier);
      if (!spans) continue;
      if (rule.joins.length) {
        const last = drafts[drafts.length - 1];
        if (!last || !rule.joins.includes(last.rule.code)) continue;
        last.place = [last.place[0], place[1]];
      } else if (rule.code) {
        const reason = reasonOf(rule, spans, clause, table, chars);
        add(drafts, { place, rule, certain: rule.certain, spans, reason, sentence: clause.sentence });
      }
      return;
    }
  }

  /** The share of words that are everyday English ones. */
  function plainShare(words, table) {
    const own = words.filter((word) => word.norm !== OPAQUE);
    return own.length ? own.filter((word) => table.plain.has(word.norm)).length / own.length : 1;
  }

  function notesOf(pieces, table, plain, found, long) {
    const codes = long ? ["too-long"] : [];
    const { words } = pieces;
    if (!words.length) {
      codes.push("empty");
    } else {
      if (pieces.quoted) codes.push("quoted");
      if (matchAny(table.describing, words, 0, words.length)) codes.push("described");
      if (plain < table.cues.plain_share) codes.push("not-plain-english");
      else if (!found) codes.push("nothing-found");
    }
    return codes.map((code) => ({ code, text: table.cues.notes[code] }));
  }

  /** What stands in a reply: at most one finding a clause, in order, and notes. No findings means: could not tell. */
  function read(text, cues) {
    const table = compile(cues);
    const all = Array.from(text);
    const chars = all.slice(0, cues.limit);
    const pieces = ek.replyWords.cut(chars, cues);
    const drafts = [];
    for (const clause of clausesOf(pieces, table)) readClause(clause, pieces.words, table, chars, drafts);
    const units = [0];
    for (const char of chars) units.push(units[units.length - 1] + char.length);
    const plain = plainShare(pieces.words, table);
    const findings = drafts.map((draft) => ({
      start: units[draft.place[0]],
      end: units[draft.place[1]],
      code: draft.rule.code,
      certain: plain < cues.plain_share ? "unsure" : draft.certain,
      words: draft.spans.map(([start, end]) => ({ start: units[start], end: units[end] })),
      reason: draft.reason,
      other: draft.rule.other && { code: draft.rule.other.code, reason: draft.rule.other.reason },
      rule: draft.rule.id,
    }));
    return { findings, notes: notesOf(pieces, table, plain, findings.length > 0, all.length > cues.limit) };
  }

  ek.replyRules = { read };
})((globalThis.engagekit = globalThis.engagekit || {}));
