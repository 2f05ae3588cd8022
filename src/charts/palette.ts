/**
 * The colours of lines, by theme and slot: indigo, rust, teal, plum, ochre, sky, pine, rose.
 *
 * `styles/chart.css` says the same for pages (a test compares them); pictures that stand alone take them from here.
 * Each has a contrast of at least 3:1 with the theme's paper, and any two can be told apart in normal, protan, deutan and
 * tritan vision: CIEDE2000 ≥ 10 among the first six, ≥ 8 among all eight (tests/src/charts/palette.test.ts).
 */
export const PALETTE = {
  light: ["#2d39a3", "#b03a14", "#0b7673", "#72094a", "#a5860c", "#3d8eda", "#173d14", "#c6599b"],
  dark: ["#8582e0", "#ee7e2c", "#79dfd2", "#b2508f", "#ead873", "#92b3e6", "#2a9762", "#f7a89d"],
} as const;

/** The page's paper, ink and rules for pictures that stand alone; the same as in `styles/base.css`. */
export const GROUND = {
  light: {
    paper: "#faf7f0",
    wash: "#f2ede1",
    ink: "#1e1b16",
    soft: "#574f43",
    faint: "#756b5c",
    rule: "#e0d8c7",
    strong: "#b5aa95",
  },
  dark: {
    paper: "#15140f",
    wash: "#22201a",
    ink: "#ece5d6",
    soft: "#b8b0a0",
    faint: "#948b7b",
    rule: "#35322a",
    strong: "#5d574b",
  },
} as const;
