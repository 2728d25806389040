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
    close(): Promise<void>;
  }
}
