declare module 'pouchdb' {
  /** As much of PouchDB as the bench uses; its own types are for browsers. */
  export default class PouchDB {
    constructor(folder: string);
    readonly replicate: {
      readonly from: (
        url: string,
        options: { readonly batch_size: number; readonly batches_limit: number },
      ) => Promise<{ readonly docs_written: number }>;
    };
    bulkDocs(documents: readonly { readonly _id: string }[]): Promise<readonly Stored[]>;
    changes(options: {
      readonly since: number;
      readonly limit: number;
      readonly style: 'all_docs';
    }): Promise<{ readonly last_seq: number; readonly results: readonly unknown[] }>;
    bulkGet(options: {
      readonly docs: readonly { readonly id: string; readonly rev: string }[];
      readonly revs: true;
    }): Promise<{ readonly results: readonly unknown[] }>;
    close(): Promise<void>;
  }

  /** How the writing of one document went. */
  export interface Stored {
    readonly ok?: boolean;
    readonly id: string;
    readonly rev: string;
  }
}
