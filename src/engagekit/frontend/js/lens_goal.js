/* Goal: say what is wrong with a draft, then mend it in four parts. The parts are read by rules and never marked. */
(function (ek) {
  "use strict";
  const { el, heading, icon } = ek.dom;

  const words = {
    noun: "question",
    done: "answered",
    verb: "Answer",
    practice: "Read what the person said and the goal as it was first written. Say what is wrong with it, then write a better one. Only the first question counts.",
    retest: "Read what the person said and the goal as it was first written. Say what is wrong with it, then write a better one.",
    basis: "What is wrong with the draft is the authors' judgement. Simple rules read the goal that you write: they can be wrong, and they give no mark.",
  };

  const PARTS = { act: "What they will do", test: "How all can tell", by: "By when", who: "Who does what" };
  const TITLES = { faults: "What is wrong with the draft?", goal: "Write a better one" };

  const REMARKS = {
    "act observable found": (said) => "“" + said + "” is something that can be seen to happen.",
    "act observable unsure": () => "The rules cannot tell whether anybody could see this happen. Could they?",
    "act avoidance fault": (said) => "“" + said + "” says what not to do. What will the person do instead?",
    "act avoidance unsure": (said) => "It has “" + said + "” and also “instead”. Would it stand without the first half?",
    "act vague fault": (said) => "“" + said + "” leaves open what will happen. Somebody watching could not say whether it had.",
    "test test found": (said) => "“" + said + "” gives a number or something to show.",
    "test test unsure": () => "The rules found no number and nothing to show. Would all agree on whether it was done?",
    "test vague fault": (said) => "“" + said + "” can be read in many ways. A number, or a yes or no, is safer.",
    "by date found": (said) => "“" + said + "” is a time that will come.",
    "by date unsure": () => "The rules found no date and no review point.",
    "by date fault": (said) => "“" + said + "” never quite comes. Name a day or the next review.",
    "who owner found": (said) => "“" + said + "”: somebody owns it.",
    "who owner unsure": () => "The rules could not find who does what.",
    "who owner fault": (said) => "“" + said + "” is nobody in particular. Name the person.",
  };

  function layout(view, row) {
    const { situation, draft, person } = view.exercise.body;
    const text = el(
      "section",
      { class: "ek-case" },
      heading(view.level + 1, {}, "What " + person + " said"),
      situation.map((part) => el("p", { class: "ek-said" }, part)),
      heading(view.level + 1, {}, "The goal as first written"),
      el("p", { class: "ek-quoted" }, draft)
    );
    const rows = view.exercise.items.map((item, index) => row(item.id, { title: index + 1 + ". " + TITLES[item.id], name: "question " + (index + 1) }));
    return el("div", {}, text, el("ol", { class: "ek-transcript" }, rows));
  }

  const name = (view, item) => TITLES[item.id];

  /** What the rules see in each part, then one way to mend the draft. */
  function remarks(view, item, answer) {
    const key = view.exercise.key[item.id];
    const goal = ek.fieldsOf(answer);
    const seen = ek.goalRules.read(goal, ek.cues.goal);
    const parts = Object.keys(PARTS).map((part) => {
      const lines = seen.filter((each) => each.part === part).map((each) => line(each));
      return el("li", {}, el("p", {}, el("b", {}, PARTS[part] + ". "), goal[part]), lines);
    });
    const ours = Object.keys(PARTS).map((part) => ek.items.pair(PARTS[part], key.exemplar[part]));
    return [
      el("ul", { class: "ek-remarks ek-goal-parts" }, parts),
      el("p", {}, "Two questions that no rule can answer: is it the person's own goal, and is it small enough to be likely?"),
      heading(view.level + 3, {}, "One way to mend it"),
      el("dl", { class: "ek-facts ek-mended" }, ours),
      el("p", {}, key.why),
    ];
  }

  const ICONS = { found: "tick", fault: "differs", unsure: "discuss" };

  function line({ part, kind, finding, words: said }) {
    return el("p", { class: "ek-note ek-" + finding }, icon(ICONS[finding]), el("span", {}, REMARKS[part + " " + kind + " " + finding](said)));
  }

  ek.lenses.goal = { words, layout, name, remarks };
})((globalThis.engagekit = globalThis.engagekit || {}));
