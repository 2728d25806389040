/** A blank on paper: what belongs there, the room for it, and what is written there when it is filled in. */
export interface PaperField {
  readonly label: string;
  /** Lines of writing space. */
  readonly lines: number;
  readonly value?: string | undefined;
}

export interface PaperOption {
  readonly text: string;
  readonly chosen: boolean;
}

/** A piece of a paper. It says what it is and never how it looks: a PDF and a screen lay it out by their own rules. */
export type PaperBlock =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'fields'; readonly columns: number; readonly fields: readonly PaperField[] }
  | { readonly type: 'paragraph'; readonly parts: readonly (string | PaperField)[] }
  | { readonly type: 'choice'; readonly label: string; readonly options: readonly PaperOption[] }
  | {
      readonly type: 'table';
      readonly label: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Letters that each column should have room for. */
      readonly room: readonly number[];
    }
  | { readonly type: 'signature'; readonly fields: readonly PaperField[] }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'steps'; readonly steps: readonly PaperStep[] }
  | { readonly type: 'checklist'; readonly items: readonly PaperCheck[] }
  | { readonly type: 'qr'; readonly text: string; readonly captions: readonly string[] };

/** A thing to bring, with a box to tick. */
export interface PaperCheck {
  readonly text: string;
  readonly details: readonly string[];
}

/** A step of a procedure in words; branches say to which number they lead. */
export interface PaperStep {
  readonly number: number;
  readonly title: string;
  readonly details: readonly string[];
}

/** A paper that a visitor takes along. */
export interface PaperDocument {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** A filled example, made up; every page carries the mark 示例. */
  readonly sample: boolean;
  readonly blocks: readonly PaperBlock[];
  /** One line at the foot of every page: who gave it, when, and what holds against it. */
  readonly foot: string;
}
