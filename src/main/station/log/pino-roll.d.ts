declare module 'pino-roll' {
  import type { destination } from 'pino';

  interface RollOptions {
    readonly file: string;
    readonly extension?: string;
    readonly size?: string;
    readonly frequency?: 'daily' | 'hourly';
    /** As date-fns writes it; part of the file's name. */
    readonly dateFormat?: string;
    readonly limit?: { readonly count: number };
    readonly mkdir?: boolean;
  }
  export default function openRoll(options: RollOptions): Promise<ReturnType<typeof destination>>;
}
