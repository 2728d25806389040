/** One of several values that may be chosen, and what people read for it. */
export interface EditOption {
  readonly value: string | number;
  readonly label: string;
}

/** What can be pointed to from a field. */
export type ReferenceTo = 'person' | 'window' | 'guide' | 'shift';

/** How a field is filled in. Lengths and whether it may be left out come from the kind's schema (`form-of.ts`). */
export type EditInput =
  | { readonly type: 'text'; readonly keys?: 'digits' | 'latin'; readonly isLong?: boolean }
  | { readonly type: 'date' | 'time' | 'month-day' | 'switch' | 'weekdays' }
  | { readonly type: 'choice' | 'choices'; readonly options: readonly EditOption[] }
  | { readonly type: 'reference'; readonly to: ReferenceTo }
  /** Several short texts, or days. */
  | { readonly type: 'texts' | 'dates' }
  | { readonly type: 'group'; readonly fields: readonly EditField[] }
  | {
      readonly type: 'list';
      /** Of one item; the field whose value names it in the list comes first. */
      readonly fields: readonly EditField[];
      /** What one item is called: 班次. */
      readonly noun: string;
      /** Items have ids, which stay when they are changed. */
      readonly hasIds: boolean;
      /** Which items there are is the district's matter; what is in them is the station's. */
      readonly isFixed?: boolean;
    };

/** A field of a form as data: what it is called, where it lies, how it is filled in. */
export interface EditField {
  /** Its name in the object around it. */
  readonly at: string;
  readonly label: string;
  readonly input: EditInput;
  /** One sentence that helps to fill it in. */
  readonly hint?: string;
  /** Shown, but not the station's to change; the sentence that says whose it is. */
  readonly locked?: string;
}

/** What staff of a station may do with records of a kind, and the form for it. */
export interface EditForm {
  readonly kind: string;
  /** What a new one begins with, for the station with this code. */
  readonly begin: (station: string) => Readonly<Record<string, unknown>>;
  /** Whether staff may add records, or only change those that are there. */
  readonly mayAdd: boolean;
  readonly fields: readonly EditField[];
  /** Fields of the schema that the form leaves as they are. */
  readonly untouched: readonly string[];
}
