/**
 * Ten digits and two marks on a grid of 3×5, because a bare machine has no fonts to write captions with.
 *
 * Five rows from the top; `#` is ink.
 */
export const glyphs: Readonly<Record<string, readonly string[]>> = {
  "0": ["###", "# #", "# #", "# #", "###"],
  "1": [" # ", "## ", " # ", " # ", "###"],
  "2": ["###", "  #", "###", "#  ", "###"],
  "3": ["###", "  #", " ##", "  #", "###"],
  "4": ["# #", "# #", "###", "  #", "  #"],
  "5": ["###", "#  ", "###", "  #", "###"],
  "6": ["###", "#  ", "###", "# #", "###"],
  "7": ["###", "  #", " # ", " # ", " # "],
  "8": ["###", "# #", "###", "# #", "###"],
  "9": ["###", "# #", "###", "  #", "###"],
  ">": ["   ", "#  ", " # ", "#  ", "   "],
  "?": ["###", "  #", " # ", "   ", " # "],
};

export const glyphWidth = 3;
export const glyphHeight = 5;
