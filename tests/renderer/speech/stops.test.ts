import { afterEach, describe, expect, it } from 'vitest';
import { isControl, stopAfter, stopsOf } from '../../../src/renderer/speech/stops.ts';

afterEach(() => {
  document.body.replaceChildren();
});

function stops(html: string): string[] {
  document.body.innerHTML = html;
  return stopsOf(document).map((stop) => stop.textContent);
}

describe('where somebody who listens can stop', () => {
  it('is at each heading, part of the text, and control, in the order of the page', () => {
    expect(
      stops(
        '<main><h1>法律援助</h1><p>不收费。</p><button>申请</button></main><nav><a href="#">首页</a></nav>',
      ),
    ).toEqual(['法律援助', '不收费。', '申请', '首页']);
  });

  it('is at the control and not at the words on it, and at the smallest part of a text', () => {
    expect(
      stops(
        '<main><ul><li><button><p>欠薪</p></button></li><li><p>一</p><p>二</p></li></ul></main>',
      ),
    ).toEqual(['欠薪', '一', '二']);
  });

  it('is nowhere that is hidden, empty, switched off, or of the strip itself', () => {
    expect(
      stops(
        '<main><p hidden>a</p><p aria-hidden="true">b</p><div inert><p>c</p></div><p> </p><button disabled>d</button><section data-voice-strip><button>下一项</button></section><p>在</p></main>',
      ),
    ).toEqual(['在']);
  });

  it('is in the newest sheet alone while one is open', () => {
    expect(
      stops(
        '<main><p>页</p></main><div role="dialog"><p>单</p></div><div role="alertdialog"><h2>您还在用吗？</h2><button>继续</button></div>',
      ),
    ).toEqual(['您还在用吗？', '继续']);
  });
});

describe('the stop after one', () => {
  const html = '<main><p>一</p><button><b>二</b></button><p>三</p></main>';
  const all = () => {
    document.body.innerHTML = html;
    return stopsOf(document);
  };

  it('is the first or the last where there was none', () => {
    const [first, , last] = all();
    expect(stopAfter(stopsOf(document), null, 1)).toBe(first);
    expect(stopAfter(stopsOf(document), null, -1)).toBe(last);
  });

  it('is counted from what is within a stop, and none beyond the ends', () => {
    const list = all();
    const bold = document.querySelector('b');
    expect(stopAfter(list, bold, 1)).toBe(list[2]);
    expect(stopAfter(list, bold, -1)).toBe(list[0]);
    expect(stopAfter(list, list[2] ?? null, 1)).toBeUndefined();
    expect(stopAfter(list, list[0] ?? null, -1)).toBeUndefined();
  });

  it('is the first again where the old one is no stop any more', () => {
    const list = all();
    expect(stopAfter(list, document.createElement('p'), 1)).toBe(list[0]);
  });

  it('is a control or a text', () => {
    expect(all().map(isControl)).toEqual([false, true, false]);
  });
});
