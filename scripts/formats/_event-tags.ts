import type { EventSink, Points } from "./_event-sink.ts";

/** One tag: where its points go, and how the last event that held only one point of it looked. */
export interface Tag {
  name: string;
  points: Points;
  /** That event from its summary on; null until there was one. */
  template: DataView | null;
  /** Where the value's four bytes stand in it. */
  valueAt: number;
  /** The tag that came after it the last time: programs log their tags in the same order at each step. */
  next: Tag | null;
}

const LONGEST_TAG = 1000;
const MOST_TAGS = 50_000;

export interface Tags {
  /** Gives a point to its tag, which it gives back; null for a tag that is refused. */
  point(name: string, step: number, wallSeconds: number, value: number): Tag | null;
}

/** The tags of one directory's event files, as they are met. Names and number of tags are bounded: what is beyond is told as damaged. */
export function makeTags(sink: EventSink): Tags {
  const tags = new Map<string, Tag>();
  const tagOf = (name: string): Tag | null => {
    const known = tags.get(name);
    if (known !== undefined) return known;
    if (name.length > LONGEST_TAG || tags.size >= MOST_TAGS) {
      sink.damaged(tags.size >= MOST_TAGS ? `more than ${MOST_TAGS} tags` : `a tag longer than ${LONGEST_TAG} characters`);
      return null;
    }
    const tag: Tag = { name, points: sink.points(name), template: null, valueAt: 0, next: null };
    tags.set(name, tag);
    return tag;
  };
  return {
    point(name, step, wallSeconds, value) {
      const tag = tagOf(name);
      tag?.points.push(step, wallSeconds, value);
      return tag;
    },
  };
}
