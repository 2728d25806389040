import { afterEach, describe, expect, it, vi } from 'vitest';
import { markChineseParts } from '../../../src/renderer/i18n/chinese-parts.ts';

document.documentElement.lang = 'en';
let stop = () => {};
afterEach(() => stop());

function page(html: string): void {
  document.body.innerHTML = html;
  stop = markChineseParts(document.body);
}
const langOf = (selector: string) => document.querySelector(selector)?.getAttribute('lang');

describe('Chinese on a page in another language', () => {
  it('is marked where an element is all Chinese, with its numbers and capital letters', () => {
    page('<h2>法律援助</h2><p id="n">A012 号请到 3 号窗口</p><p id="e">Legal aid</p>');
    expect(langOf('h2')).toBe('zh-CN');
    expect(langOf('#n')).toBe('zh-CN');
    expect(langOf('#e')).toBeNull();
  });

  it('is left alone where words of another language stand beside it', () => {
    page('<p>Open now: 华山街道</p><div>五华区 <b>Legal aid</b></div>');
    expect(langOf('p')).toBeNull();
    expect(langOf('div')).toBeNull();
  });

  it('is not marked twice below what is marked already', () => {
    page('<section lang="zh-CN"><p>法律援助</p></section>');
    expect(langOf('p')).toBeNull();
  });

  it('is marked when it comes later, and no longer when the words change', async () => {
    page('<main></main>');
    const text = document.createTextNode('人民调解');
    const title = document.createElement('h3');
    title.append(text);
    document.querySelector('main')?.append(title);
    await vi.waitFor(() => expect(langOf('h3')).toBe('zh-CN'));
    text.data = 'Mediation';
    await vi.waitFor(() => expect(langOf('h3')).toBeNull());
  });

  it('is as it was when the marking ends', () => {
    page('<p>法律援助</p><p id="own" lang="zh-CN">公证</p>');
    stop();
    expect(langOf('p')).toBeNull();
    expect(langOf('#own')).toBe('zh-CN');
  });
});
