import { describe, expect, test } from 'vitest';
import { runKiosk } from './run-kiosk.ts';

describe('the technicians’ command', () => {
  test('asked for help it says all its words and ends well', async () => {
    const { status, out } = await runKiosk('--help');
    expect(status).toBe(0);
    for (const word of ['doctor', 'backup', 'profile check', 'import laws', 'search'])
      expect(out).toContain(word);
  });

  test('a word that it does not know is named, with the help, and is an error', async () => {
    const { status, out, errors } = await runKiosk('dokter');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(errors).toContain('没有这个命令');
    expect(errors).toContain('doctor');
  });
});
