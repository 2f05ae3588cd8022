/** What one rule of the user's found in one line. */
export interface RuleMatch {
  /** The rule as written in `guild.yml`. */
  rule: string;
  /** The step that it captured. */
  step: number | null;
  values: { key: string; value: number }[];
}
