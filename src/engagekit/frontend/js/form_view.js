/* What has focus stays in sight, whatever stands over the page: the case above it, or the line at the foot. */
(function (ek) {
  "use strict";
  const ROOM = 8; // pixels between what has focus and what would cover it

  /** The box that scrolls a node: JupyterLab's notebook, or the page itself. */
  function scroller(node) {
    let box = node.parentElement;
    while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
    return box && box !== document.body && box !== document.documentElement ? box : globalThis;
  }

  /** Scroll as little as brings `node` out from below `above`, the case, and `below`, the line at the foot. */
  function keepClear(node, above, below) {
    if ([above, below].some((each) => each && each.contains(node))) return;
    const its = node.getBoundingClientRect();
    const over = (each) => {
      if (!each || !each.isConnected) return null;
      const box = each.getBoundingClientRect();
      return box.height > 0 && box.left < its.right && box.right > its.left ? box : null;
    };
    const upper = over(above);
    const lower = over(below);
    const top = upper && upper.top < its.top && upper.bottom + ROOM > its.top ? its.top - upper.bottom - ROOM : 0;
    const bottom = lower && lower.bottom > its.top && lower.top < its.bottom + ROOM ? its.bottom - lower.top + ROOM : 0;
    const free = its.top - (upper ? Math.max(upper.bottom, 0) : 0) - ROOM;
    const by = top < 0 ? top : Math.max(0, Math.min(bottom, free));
    if (by !== 0) scroller(node).scrollBy({ top: by, behavior: "instant" });
  }

  ek.formView = { keepClear };
})((globalThis.engagekit = globalThis.engagekit || {}));
