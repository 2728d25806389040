import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { guardPages, judgePage } from '../../src/main/browser-shell/page-guard.ts';

const HOME = 'http://127.0.0.1:7348/visitor/';

describe('a page of the browser', () => {
  it.each([HOME, `${HOME}#/guides`, '', 'chrome-error://chromewebdata/'])(
    'that is ours stays at %j',
    (address) => {
      expect(judgePage(address, HOME, true)).toBe('keep');
    },
  );

  it.each([
    'http://127.0.0.1:7348/console/',
    'http://127.0.0.1:7349/visitor/',
    'https://127.0.0.1:7348/visitor/',
    'http://127.0.0.1.example.com:7348/visitor/',
    'http://localhost:7348/visitor/',
    'about:blank',
    'file:///etc/passwd',
    'chrome://settings/',
    'data:text/html,x',
    'view-source:http://127.0.0.1:7348/visitor/',
    'nothing',
  ])('that is ours is led back from %j', (address) => {
    expect(judgePage(address, HOME, true)).toBe('lead-back');
  });

  it.each([HOME, 'about:blank', 'chrome://newtab/'])(
    'that is another is closed, also at %j',
    (address) => {
      expect(judgePage(address, HOME, false)).toBe('close');
    },
  );
});

describe('the guard of a browser', () => {
  /** A browser that says something, and what it is told then. */
  function guarded() {
    const [toBrowser, fromBrowser] = [new PassThrough(), new PassThrough()];
    guardPages({ toBrowser, fromBrowser }, HOME);
    const told = () =>
      String(toBrowser.read() ?? '')
        .split('\0')
        .filter(Boolean)
        .map(
          (line) =>
            JSON.parse(line) as { id: number; method: string; params: object; sessionId?: string },
        );
    const say = async (...texts: readonly string[]) => {
      for (const text of texts) fromBrowser.write(text);
      await new Promise((resolve) => setImmediate(resolve));
      return told();
    };
    return { told, say };
  }
  const line = (message: object) => `${JSON.stringify(message)}\0`;
  const page = (targetId: string, url: string) =>
    line({
      method: 'Target.targetInfoChanged',
      params: { targetInfo: { targetId, type: 'page', url } },
    });
  const attached = line({ method: 'Target.attachedToTarget', params: { sessionId: 's' } });

  it('refuses downloads before anything else', () => {
    const { told } = guarded();
    expect(told()[0]).toMatchObject({
      method: 'Browser.setDownloadBehavior',
      params: { behavior: 'deny' },
    });
  });

  it('takes choosers of files and dialogs of its page upon itself', async () => {
    const { told, say } = guarded();
    told();
    expect(await say(page('one', HOME), attached)).toMatchObject([
      { method: 'Target.attachToTarget' },
      { method: 'Page.enable', sessionId: 's' },
      { method: 'Page.getFrameTree', sessionId: 's' },
      { method: 'Page.addScriptToEvaluateOnNewDocument', params: { runImmediately: true } },
      { method: 'Page.setInterceptFileChooserDialog', params: { enabled: true, cancel: true } },
    ]);
    const dialog = { method: 'Page.javascriptDialogOpening', sessionId: 's' };
    expect(await say(line({ ...dialog, params: { type: 'alert' } }))).toMatchObject([
      { method: 'Page.handleJavaScriptDialog', params: { accept: false }, sessionId: 's' },
    ]);
  });

  it('closes every other page, and leads its own back', async () => {
    const { told, say } = guarded();
    await say(page('one', HOME), attached);
    told();
    expect(await say(page('two', HOME))).toMatchObject([
      { method: 'Target.closeTarget', params: { targetId: 'two' } },
    ]);
    expect(await say(page('one', 'about:blank'))).toMatchObject([
      { method: 'Page.navigate', params: { url: HOME }, sessionId: 's' },
    ]);
    expect(await say(page('one', `${HOME}#x`))).toEqual([]);
  });

  describe('of a page that could not be reached', () => {
    const error = { method: 'Page.frameNavigated', params: { frame: { unreachableUrl: HOME } } };
    const home = { method: 'Page.navigate', params: { url: HOME }, sessionId: 's' };
    async function lost(...texts: readonly string[]) {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      onTestFinished(() => void vi.useRealTimers());
      const guard = guarded();
      await guard.say(page('one', HOME), attached);
      guard.told();
      await guard.say(...texts);
      return guard;
    }
    const afterASecond = ({ told }: ReturnType<typeof guarded>) => {
      vi.advanceTimersByTime(1000);
      return told();
    };

    it('leads it home each second until it is there', async () => {
      const guard = await lost(line(error));
      expect(guard.told()).toEqual([]);
      for (const _ of [1, 2, 3]) {
        const [order] = afterASecond(guard);
        expect(order).toMatchObject(home);
        const errorText = 'net::ERR_CONNECTION_REFUSED';
        expect(await guard.say(line({ id: order?.id, result: { errorText } }))).toEqual([]);
      }
      const [order] = afterASecond(guard);
      const there = { method: 'Page.frameNavigated', params: { frame: {} } };
      await guard.say(line({ id: order?.id, result: {} }), line(there));
      expect(afterASecond(guard)).toEqual([]);
    });

    it('hears of one that was missed before it listened', async () => {
      const { frame } = error.params;
      expect(
        afterASecond(await lost(line({ id: 5, result: { frameTree: { frame } } }))),
      ).toMatchObject([home]);
    });

    it('does not disturb a way home that is still under way', async () => {
      const guard = await lost(page('one', 'about:blank'));
      await guard.say(line(error));
      expect(afterASecond(guard)).toEqual([]);
    });

    it('tries again when the way home was broken off', async () => {
      const guard = await lost();
      const [order] = await guard.say(page('one', 'about:blank'));
      await guard.say(line({ id: order?.id, result: { errorText: 'net::ERR_ABORTED' } }));
      expect(afterASecond(guard)).toMatchObject([home]);
    });

    it('cares for no frame within it', async () => {
      const frame = { ...error.params.frame, parentId: 'one' };
      expect(afterASecond(await lost(line({ ...error, params: { frame } })))).toEqual([]);
    });
  });

  it('closes developer tools, also those that are part of its page’s window', async () => {
    const { told, say } = guarded();
    await say(page('one', HOME), attached);
    told();
    const url = 'devtools://devtools/bundled/devtools_app.html';
    const tools = { targetId: 'tools', type: 'other', url };
    expect(
      await say(line({ method: 'Target.targetCreated', params: { targetInfo: tools } })),
    ).toMatchObject([{ method: 'Target.closeTarget', params: { targetId: 'tools' } }]);
  });

  it('ends a browser that has lost its page', async () => {
    const { told, say } = guarded();
    await say(page('one', HOME));
    told();
    const lost = { method: 'Target.targetDestroyed', params: { targetId: 'one' } };
    expect(await say(line(lost))).toMatchObject([{ method: 'Browser.close' }]);
  });

  it('hears messages in parts, several at once, and lives through what is none', async () => {
    const { told, say } = guarded();
    await say(page('one', HOME));
    told();
    const text = page('two', HOME);
    expect(await say('nonsense\0', '{"method":7}\0', text.slice(0, 20))).toEqual([]);
    expect(await say(text.slice(20) + page('three', ''))).toHaveLength(2);
  });
});
