declare module 'pino-roll' {
  import type { SonicBoom } from 'sonic-boom';

  interface RollOptions {
    readonly file: string;
    readonly extension?: string;
    readonly size?: string;
    readonly frequency?: 'daily' | 'hourly';
    readonly limit?: { readonly count: number };
    readonly mkdir?: boolean;
  }
  export default function openRoll(options: RollOptions): Promise<SonicBoom>;
}
