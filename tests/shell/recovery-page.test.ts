import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readRecoveryPage, recoveryFiles } from '../../src/main/shell/recovery-page.ts';

const report = vi.fn();
const FILES = readRecoveryPage(join(import.meta.dirname, '../../assets/recovery'), report);

const page = (station?: { name: string; phone?: string }, trouble?: string) =>
  recoveryFiles(FILES, station, trouble).get('/recovery/')?.body.toString('utf8') ?? '';

describe('the recovery page', () => {
  it('names 12348 and needs no program', () => {
    expect(report).not.toHaveBeenCalled();
    expect(page()).toContain('12348');
    expect(page()).not.toMatch(/<script|<!--station-->.*<b>|on\w+=/);
  });

  it('shows the phone of the station when it is known', () => {
    expect(page({ name: '华山街道公共法律服务工作站', phone: '0871-12345678' })).toContain(
      '华山街道公共法律服务工作站<b>0871-12345678</b>',
    );
    expect(page({ name: '华山街道公共法律服务工作站' })).toBe(page());
  });

  it('writes what comes from content as text', () => {
    expect(page({ name: '<script>', phone: '"&' })).toContain('&#60;script&#62;<b>&#34;&#38;</b>');
  });

  it('tells the staff why, when that is known', () => {
    expect(page(undefined, '磁盘满了<b>。')).toContain('磁盘满了&#60;b&#62;。</p>');
    expect(page()).not.toContain('class="trouble"');
  });

  it('comes with its style and its font', () => {
    expect([...recoveryFiles(FILES, undefined).keys()].sort()).toEqual([
      '/recovery/',
      '/recovery/index.html',
      '/recovery/noto-sans-sc.woff2',
      '/recovery/recovery.css',
    ]);
  });
});
