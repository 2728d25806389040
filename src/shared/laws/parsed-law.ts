import type { LocalDate } from '../time/local-date.ts';

/** What a text is: a statute, a decision that changes one, a judicial interpretation, a typical case. */
export type LawGenre = 'law' | 'amendment' | 'interpretation' | 'case';

/** What was odd about a file; the text is imported all the same. */
export type LawFlawKind =
  | 'no-head-end'
  | 'no-date'
  | 'dates-disordered'
  | 'odd-head-line'
  | 'number-missing'
  | 'number-twice'
  | 'number-backwards'
  | 'number-misspelt'
  | 'no-numbers'
  | 'empty-part'
  | 'empty-heading'
  | 'contents-list';

export interface LawFlaw {
  readonly kind: LawFlawKind;
  /** Line in the file, from 1. */
  readonly line: number;
  /** The place in the file's own words, e.g. the number that is missing. */
  readonly what: string;
}

export interface LawEvent {
  readonly date: LocalDate;
  readonly event: string;
}

/** A part, chapter or section; what stands below begins at `position`. */
export interface LawHeading {
  /** 1 is the widest. */
  readonly level: number;
  readonly heading: string;
  readonly position: number;
}

/** An article, a numbered point, or text without a number (preamble, annex, a part of a case). */
export interface LawArticle {
  /** As printed: 第一千零七十九条, 一、; empty for text without a number. */
  readonly label: string;
  /** 1079; 0 without a number. */
  readonly number: number;
  /** 2 for 第一百三十三条之二, else 0. */
  readonly inserted: number;
  /** Paragraphs, one a line. */
  readonly text: string;
}

/** A file of law text as it was read. */
export interface ParsedLaw {
  readonly title: string;
  /** Name of the part that the file holds, where a law is split into several files; else empty. */
  readonly part: string;
  readonly genre: LawGenre;
  /** First folder of the file's path, the source's own order of laws. */
  readonly category: string;
  readonly history: readonly LawEvent[];
  /** What else the head says: the number of a document, who published a case. */
  readonly notes: readonly string[];
  /** Day of this version: of its adoption or last change; undefined where nothing says it. */
  readonly versionDate: LocalDate | undefined;
  readonly inForceFrom: LocalDate | undefined;
  /** Plain titles of laws that end when this one begins. */
  readonly repeals: readonly string[];
  readonly outline: readonly LawHeading[];
  readonly articles: readonly LawArticle[];
  readonly flaws: readonly LawFlaw[];
}

/** A file that holds no law text, and why. */
export interface UnreadableLaw {
  readonly unreadable: 'no-title' | 'long-title' | 'no-text';
}
