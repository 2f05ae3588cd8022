/**
 * Sanitised HTML with every heading `by` levels further down (at most h6), so that a note may begin with "# Why" and the page
 * that shows it still has one h1.
 */
export function lowerHeadings(html: string, by: number): string {
  return html.replace(
    /<(\/?)h([1-6])(?=[\s>])/g,
    (_, slash: string, level: string) => `<${slash}h${Math.min(6, Number(level) + by)}`,
  );
}
