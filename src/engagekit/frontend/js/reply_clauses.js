/* Phrases of the cue table, and where clauses begin. The twin of scoring/reply_clauses.py, which explains them. */
(function (ek) {
  "use strict";

  const GAP = 4;
  const compiled = new WeakMap();

  function item(part, sets) {
    if (part === ".." || part === "=") return { kind: part };
    if (part.startsWith("!")) return { kind: "!", words: new Set(part.slice(1).split("/")) };
    const optional = part.endsWith("?");
    const words = new Set();
    const endings = [];
    for (const choice of (optional ? part.slice(0, -1) : part).split("/")) {
      if (choice.startsWith("<")) sets[choice.slice(1, -1)].forEach((word) => words.add(word));
      else if (choice.startsWith("*")) endings.push(choice.slice(1));
      else words.add(choice);
    }
    return { kind: "word", words, endings, optional };
  }

  /** The cue table with its phrases ready to match; made once for each table. */
  function compile(cues) {
    if (compiled.has(cues)) return compiled.get(cues);
    const phrases = (texts) => (texts || []).map((text) => text.split(" ").map((part) => item(part, cues.sets)));
    const split = cues.split;
    const table = {
      cues,
      fillers: phrases(cues.fillers),
      soft: phrases(split.soft),
      bare: phrases(split.bare),
      tags: phrases(split.tags),
      describing: phrases(cues.describing),
      holds: new Set(split.holds),
      leadIns: new Set(split.lead_ins),
      followOns: new Set(split.follow_ons),
      joiners: new Set(split.joiners),
      askers: new Set(split.askers),
    };
    table.rules = cues.rules.map((rule) => ({
      id: rule.id,
      code: rule.code,
      certain: rule.certain || "",
      where: rule.where,
      mark: rule.mark || "",
      phrases: phrases(rule.phrases),
      needs: phrases(rule.needs),
      unless: phrases(rule.unless),
      held: new Set(rule.held),
      after: rule.after || [],
      joins: rule.joins || [],
      most: rule.most || 1000000,
      asks: Boolean(rule.asks),
      reason: rule.reason || "",
      other: rule.other || null,
    }));
    const known = [...table.rules.flatMap((rule) => rule.phrases), ...table.fillers].flat();
    table.plain = new Set([...cues.plain, ...known.flatMap((one) => [...(one.words || [])])]);
    compiled.set(cues, table);
    return table;
  }

  function is(one, norm) {
    return one.words.has(norm) || one.words.has("_") || one.endings.some((end) => norm.endsWith(end) && Array.from(norm).length > end.length + 1);
  }

  /** Match a phrase from one of its items on; the gap is bounded, so this is too. */
  function match(phrase, number, words, at, last) {
    if (number === phrase.length) return [];
    const one = phrase[number];
    if (one.kind === "=") return at === last ? [] : null;
    if (one.kind === "..") {
      for (let skipped = 0; skipped <= GAP; skipped += 1) {
        if (at + skipped > last) return null;
        const rest = match(phrase, number + 1, words, at + skipped, last);
        if (rest) return rest;
      }
      return null;
    }
    if (one.kind === "!") {
      const held = at > 0 && one.words.has(words[at - 1].norm);
      return held ? null : match(phrase, number + 1, words, at, last);
    }
    if (at < last && is(one, words[at].norm)) {
      const rest = match(phrase, number + 1, words, at + 1, last);
      if (rest) return [at, ...rest];
    }
    return one.optional ? match(phrase, number + 1, words, at, last) : null;
  }

  function matchAny(phrases, words, at, last) {
    for (const phrase of phrases) {
      const hit = match(phrase, 0, words, at, last);
      if (hit && hit.length) return hit;
    }
    return null;
  }

  function find(phrases, words, first, last) {
    if (!phrases.length) return null;
    for (let at = first; at < last; at += 1) {
      const hit = matchAny(phrases, words, at, last);
      if (hit) return hit;
    }
    return null;
  }

  /** Where a clause may be said to start: at its first word, and after each filler. */
  function starts(table, first, last, words) {
    const places = [first];
    for (;;) {
      const hit = matchAny(table.fillers, words, places[places.length - 1], last);
      if (!hit || hit[hit.length - 1] + 1 >= last) return places;
      places.push(hit[hit.length - 1] + 1);
    }
  }

  /** The places of matched words, neighbours in one span. */
  function spansOf(hit, words) {
    const spans = [];
    hit.forEach((at, number) => {
      let { start } = words[at];
      const last = spans[spans.length - 1];
      if (last && (start < last[1] || at === hit[number - 1] + 1)) start = spans.pop()[0];
      spans.push([start, words[at].end]);
    });
    return spans;
  }

  function firstHit(rule, clause, words, table) {
    const places = rule.where === "start" ? starts(table, clause.first, clause.last, words) : [];
    if (rule.where !== "start") for (let at = clause.first; at < clause.last; at += 1) places.push(at);
    for (const at of places) {
      if (at > clause.first && rule.held.has(words[at - 1].norm)) continue;
      const hit = matchAny(rule.phrases, words, at, clause.last);
      if (hit) return hit;
    }
    return null;
  }

  /** The places of the words that set a rule off, or null where it does not fit. */
  function fits(rule, clause, words, table, earlier) {
    if (rule.mark && (rule.mark === "yes") !== (clause.mark === "yes")) return null;
    if (rule.after.length && !rule.after.some((id) => earlier.has(id))) return null;
    if (clause.last - clause.first > rule.most) return null;
    let hit = firstHit(rule, clause, words, table);
    if (!hit || find(rule.unless, words, clause.first, clause.last)) return null;
    if (rule.needs.length) {
      const more = find(rule.needs, words, clause.first, clause.last);
      if (!more) return null;
      hit = hit.concat(more.filter((at) => !hit.includes(at)));
    }
    return spansOf(hit.sort((a, b) => a - b), words);
  }

  function onlyFillers(words, first, last, table) {
    let at = first;
    while (at < last) {
      const hit = matchAny(table.fillers, words, at, last);
      if (!hit) return false;
      at = hit[hit.length - 1] + 1;
    }
    return true;
  }

  /** Where the clauses of a sentence begin. */
  function cutsOf(words, first, last, table) {
    const { NONE, OPAQUE } = ek.replyWords;
    const cuts = [first];
    for (let at = first + 1; at < last; at += 1) {
      const open = cuts[cuts.length - 1];
      let start = at;
      let paused = words[at].before !== NONE;
      if (table.joiners.has(words[at - 1].norm) && at - 1 > open) {
        start = at - 1;
        paused = paused || words[start].before !== NONE;
      }
      if (start <= open || words[start].start === words[start - 1].start) continue;
      if (words[at].norm === OPAQUE) continue;
      const held = !paused && table.holds.has(words[start - 1].norm);
      if (held || !matchAny(paused ? table.soft : table.bare, words, at, last)) continue;
      if (onlyFillers(words, open, start, table)) continue; // last: it walks back over all of them
      const heads = starts(table, open, at, words);
      const head = words[heads[heads.length - 1]].norm;
      const inQuestion = !paused && start === at && table.askers.has(head);
      const goesOn = table.leadIns.has(head) && table.followOns.has(words[at].norm);
      if (!inQuestion && !goesOn && !matchAny(table.tags, words, at, last)) cuts.push(start);
    }
    return cuts;
  }

  /** The clauses of a text: its sentences, cut again where a new clause plainly begins. */
  function clausesOf(pieces, table) {
    const { words } = pieces;
    const edges = words.map((word, at) => at).filter((at) => at === 0 || words[at].before === ek.replyWords.STOP);
    edges.push(words.length);
    const clauses = [];
    for (let sentence = 0; sentence < edges.length - 1; sentence += 1) {
      const last = edges[sentence + 1];
      const asked = last === words.length ? pieces.asked : words[last].asked;
      const cuts = [...cutsOf(words, edges[sentence], last, table), last];
      for (let number = 0; number < cuts.length - 1; number += 1) {
        const mark = asked ? (number === cuts.length - 2 ? "yes" : "later") : "no";
        clauses.push({ first: cuts[number], last: cuts[number + 1], sentence, mark });
      }
    }
    return clauses;
  }

  ek.replyClauses = { compile, matchAny, fits, clausesOf };
})((globalThis.engagekit = globalThis.engagekit || {}));
