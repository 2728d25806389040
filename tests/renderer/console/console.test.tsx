import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import type { DeskTicket, DeskView } from '#shared/contract/queue.ts';
import { Console } from '../../../src/renderer/console/console.tsx';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import type { ConnectionHooks } from '../../../src/renderer/station-client/station-client.ts';
import { draw } from '../draw.tsx';
import { CURRENT, DESK, fakeConnection, HEAD, loggedIn, logInOver } from './made-up-desk.ts';

async function logIn(): Promise<void> {
  await userEvent.type(screen.getByLabelText('账号'), 'li01');
  await userEvent.type(screen.getByLabelText('密码'), '773920');
  await userEvent.click(screen.getByRole('button', { name: '确定' }));
}

async function atWindow(answers: FakeAnswers = {}) {
  const connection = fakeConnection(answers);
  await draw(<Console connect={connection.connect} />);
  await logIn();
  await userEvent.click(await screen.findByRole('button', { name: /1号窗口/ }));
  await screen.findByText('A001');
  return connection;
}

describe('a window console', () => {
  it('shows what others wrote as words, whatever it is', async () => {
    await atWindow();
    expect(screen.getByText(CURRENT.line.name)).not.toBeNull();
    expect(screen.getByText(/window\.stolen=1<\/script>长+/)).not.toBeNull();
    expect(document.querySelector('main script, main img')).toBeNull();
    expect('stolen' in window).toBe(false);
  });

  it('a log-in that ran out in the middle of an order is asked for again, and the same person goes on at the same window', async () => {
    let isOver = true;
    const finish = vi.fn(async () =>
      isOver ? logInOver() : { outcome: 'done' as const, ticket: CURRENT },
    );
    await atWindow({ 'desk.finish': finish });
    await userEvent.click(screen.getByRole('button', { name: /办结/ }));
    await screen.findByText(/登录已经过期/);
    isOver = false;
    await logIn();
    await screen.findByText('A001');
    await userEvent.click(screen.getByRole('button', { name: /办结/ }));
    await waitFor(() => expect(finish).toHaveBeenCalledTimes(2));
    expect(screen.queryByText(/登录已经过期/)).toBeNull();
  });

  it('says which number nobody can call because two people hold it', async () => {
    const line = { id: 'advice', name: '法律咨询' };
    const issuedAt = Date.parse('2026-11-23T10:05:00+08:00');
    await atWindow({
      'desk.view': async () => ({ ...DESK, twice: [{ number: 'A600', line, issuedAt }] }),
    });
    await screen.findByText(/有两张号是 A600：10:05 取“法律咨询”的那张叫不到/);
  });

  it('a call that the host did not answer in time is no reason to ask for the log-in', async () => {
    const finish = vi.fn(() => Promise.reject(new StationError('host-gone')));
    await atWindow({ 'desk.finish': finish });
    await userEvent.click(screen.getByRole('button', { name: /办结/ }));
    await screen.findByText('没有办成，请再试一次。');
    expect(screen.queryByText(/登录已经过期/)).toBeNull();
  });

  it('what was being written is still there after the log-in was asked for again', async () => {
    let isOver = true;
    await atWindow({
      'desk.finish': async () =>
        isOver ? logInOver() : { outcome: 'done' as const, ticket: CURRENT },
    });
    await userEvent.type(screen.getByLabelText('给下一班留言'), '打印机换过');
    await userEvent.click(screen.getByRole('button', { name: /办结/ }));
    await screen.findByText(/登录已经过期/);
    isOver = false;
    await logIn();
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: '给下一班留言' });
    expect(field.value).toBe('打印机换过');
  });

  it('somebody else who logs in after that chooses a window of their own', async () => {
    const answers = [loggedIn(), loggedIn({ ...HEAD, person: 'p2' })];
    await atWindow({
      'staff.logIn': async () => answers.shift() ?? loggedIn(),
      'desk.finish': logInOver,
    });
    await userEvent.click(screen.getByRole('button', { name: /办结/ }));
    await screen.findByText(/登录已经过期/);
    await logIn();
    await screen.findByText('您今天在哪个窗口');
  });

  it('notices without any touch that the log-in has run out', async () => {
    let isOver = false;
    const connection = await atWindow({
      'desk.view': async () => (isOver ? logInOver() : DESK),
      'staff.resume': async () => HEAD,
    });
    isOver = true;
    act(() => connection.change(false));
    act(() => connection.change(true));
    await screen.findByText(/登录已经过期/);
  });

  it('tells the host that somebody is there, once in a while', async () => {
    const present = vi.fn(async () => ({}));
    await atWindow({ 'staff.present': present });
    // The touch on the window was told; one that follows at once need not be.
    await waitFor(() => expect(present).toHaveBeenCalledOnce());
    await userEvent.keyboard('QQQ');
    expect(present).toHaveBeenCalledOnce();
  });

  it('says that it is cut off, and no longer when it is back', async () => {
    const connection = await atWindow({ 'staff.resume': async () => HEAD });
    act(() => connection.change(false));
    await screen.findByText(/与主机断开/);
    expect(screen.getByText('A001')).not.toBeNull();
    act(() => connection.change(true));
    await waitFor(() => expect(screen.queryByText(/与主机断开/)).toBeNull());
  });

  it('an order that failed is said in one sentence and can be given again', async () => {
    await atWindow({ 'desk.recall': () => Promise.reject(new StationError('timeout')) });
    const button = screen.getByRole<HTMLButtonElement>('button', { name: /再叫一次/ });
    await userEvent.click(button);
    await screen.findByText('没有办成，请再试一次。');
    expect(button.disabled).toBe(false);
  });
});

it.each([
  ['2099-01-01', '排队日期是 2099-01-01'],
  ['2026-11-22', '排队日期还是 2026-11-22'],
])(
  'a day that is not the clock’s (%s) is said to everyone, and changed by the head',
  async (day, words) => {
    const correctDay = vi.fn(async () => DESK);
    await atWindow({
      'desk.view': async () => ({ ...DESK, day }),
      'desk.correctDay': correctDay,
    });
    expect(screen.getByRole('alert').textContent).toContain(words);
    await userEvent.click(screen.getByRole('button', { name: '改成 2026-11-23' }));
    expect(correctDay).toHaveBeenCalledOnce();
  },
);

it('numbers that a restored backup does not know are said to everyone', async () => {
  const line = { id: 'reception', name: '综合接待' };
  const unknown = [
    { line, from: 'A003', to: 'A040' },
    { line, from: 'B007', to: 'B007' },
  ];
  await atWindow({ 'desk.view': async () => ({ ...DESK, unknown }) });
  expect(screen.getByRole('alert').textContent).toContain('A003–A040、B007 里可能有');
});

describe('whose window it is', () => {
  const view = (state: 'open' | 'closed', staff: string): typeof DESK => ({
    ...DESK,
    current: undefined,
    windows: DESK.windows.map((window) => ({ ...window, state, staff })),
  });
  const closeWindow = () => vi.fn(async () => DESK);

  it('one that a colleague has open is taken over only when that is said', async () => {
    const openWindow = vi.fn(async () => DESK);
    const connection = fakeConnection({
      'desk.view': async () => view('open', '示例王'),
      'desk.openWindow': openWindow,
    });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    await userEvent.click(await screen.findByRole('button', { name: /1号窗口/ }));
    await screen.findByText(/1号窗口现在由示例王开着/);
    expect(openWindow).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: '改由我来用1号窗口' }));
    await waitFor(() => expect(openWindow).toHaveBeenCalledOnce());
  });

  it('changing it closes the one before and leads back to the choice', async () => {
    const close = closeWindow();
    const connection = fakeConnection({
      'desk.view': async () => view('open', HEAD.name),
      'desk.closeWindow': close,
    });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    await userEvent.click(await screen.findByRole('button', { name: /1号窗口/ }));
    await userEvent.click(await screen.findByRole('button', { name: '换窗口' }));
    await screen.findByText('您今天在哪个窗口');
    expect(close).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ window: 'w1' }));
  });

  it.each([
    ['closes it before the log-in ends', HEAD.name, ['close', 'logOut']],
    ['leaves it open when a colleague has it', '示例王', ['logOut']],
  ])('logging out %s', async (_what, staff, expected) => {
    const order: string[] = [];
    let holder = HEAD.name;
    const connection = fakeConnection({
      'desk.view': async () => view('open', holder),
      'desk.closeWindow': async () => {
        order.push('close');
        return DESK;
      },
      'staff.logOut': async () => {
        order.push('logOut');
        return {};
      },
    });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    const window = await screen.findByRole('button', { name: /1号窗口/ });
    const opened = userEvent.click(window);
    await opened;
    await screen.findByRole('button', { name: '换窗口' });
    holder = staff;
    // Any order makes the desk read again.
    await userEvent.click(screen.getByRole('button', { name: '请同事帮忙' }));
    await userEvent.click(screen.getByRole('button', { name: '退出登录' }));
    await screen.findByText('窗口登录');
    expect(order).toEqual(expected);
  });

  it('whoever logs in again after the log-in ran out has it open again', async () => {
    let isOver = false;
    const openWindow = vi.fn(async () => DESK);
    const connection = fakeConnection({
      'desk.view': async () =>
        isOver
          ? logInOver()
          : view(openWindow.mock.calls.length > 1 ? 'open' : 'closed', HEAD.name),
      'desk.callNext': logInOver,
      'desk.openWindow': openWindow,
    });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    await userEvent.click(await screen.findByRole('button', { name: /1号窗口/ }));
    isOver = true;
    await userEvent.click(await screen.findByRole('button', { name: /叫下一位/ }));
    await screen.findByText(/窗口已经自动关上，登录后恢复/);
    isOver = false;
    await logIn();
    await waitFor(() => expect(openWindow).toHaveBeenCalledTimes(2));
  });
});

it('a slip that certainly did not print is not called doubtful, and nobody need print it', async () => {
  const decide = vi.fn(async () => job('A013', 'expired'));
  const job = (label: string, state: 'in-doubt' | 'expired') => ({
    ...{ jobId: label, state, reason: '' as const, copy: false, label },
    ...{ createdAt: 0, changedAt: 0, mayReprint: false },
  });
  await atWindow({
    'tickets.printers': async () => ({ state: 'ready', printers: [] }),
    'tickets.open': async () => [job('A013', 'expired'), job('A012', 'in-doubt')],
    'tickets.decide': decide,
  });
  await screen.findByText('A012 的号码单不知是否印出');
  await screen.findByText('A013 的号码单没有印出来');
  expect(screen.getAllByRole('button', { name: '已印出' })).toHaveLength(1);
  const [notNeeded] = screen.getAllByRole('button', { name: '不用了' });
  if (notNeeded === undefined) return expect.unreachable('no button');
  await userEvent.click(notNeeded);
  expect(decide).toHaveBeenCalledWith({ jobId: 'A013', decision: 'not-needed' });
});

it('a clerk reads step by step what is to be done with the printer', async () => {
  await atWindow({
    'tickets.printers': async () => ({
      state: 'jam',
      printers: [{ name: '取号机', state: 'jam' }],
    }),
    'tickets.open': async () => [],
  });
  await screen.findByText('卡纸，请清理');
  expect(screen.getByText(/慢慢取出卡住的纸/)).not.toBeNull();
});

it('a printer that ails is seen while another stands in for it', async () => {
  const testPage = vi.fn(() => Promise.reject(new StationError('printer-failed')));
  await atWindow({
    'tickets.printers': async () => ({
      state: 'ready',
      printers: [
        { name: '取号机', state: 'paper-out' },
        { name: '备用机', state: 'ready' },
      ],
    }),
    'tickets.open': async () => [],
    'tickets.testPage': testPage,
  });
  await screen.findByText('取号机');
  expect(screen.getByText('缺纸，请换纸')).not.toBeNull();
  await userEvent.click(screen.getByRole('button', { name: '打印测试页' }));
  expect(testPage).toHaveBeenCalledWith({ printer: '取号机' });
});

describe('a call for help', () => {
  const ALARM = {
    ...{ id: 'alarm', at: DESK.now, staff: '示例二' },
    window: { id: 'w2', label: '2号窗口' },
  };

  it('is seen before a window was chosen, and answered from there', async () => {
    let alarms = [ALARM];
    const connection = fakeConnection({
      'desk.alarms': async () => alarms,
      'desk.answerAlarm': async () => {
        alarms = [];
        return [];
      },
    });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    await screen.findByText('2号窗口（示例二）请求帮助');
    await userEvent.click(screen.getByRole('button', { name: '我去处理' }));
    await waitFor(() => expect(screen.queryByText(/请求帮助/)).toBeNull());
  });

  it('is only a small sign at the window that asked', async () => {
    await atWindow({
      'desk.alarms': async () => [{ ...ALARM, window: { id: 'w1', label: '1号窗口' } }],
    });
    await screen.findByText('已请同事帮忙，等人来。');
    expect(screen.queryByRole('alert')?.textContent ?? '').not.toContain('请求帮助');
    expect(screen.queryByRole('button', { name: '我去处理' })).toBeNull();
  });
});

describe('by keyboard', () => {
  const VIEW = {
    ...DESK,
    lines: [...DESK.lines, { id: 'legal-aid', name: '法律援助', waiting: 0, here: false }],
  };

  it('a choice of another line sends nobody away until it is ordered', async () => {
    const transfer = vi.fn(async () => ({ outcome: 'done' as const, ticket: CURRENT }));
    await atWindow({ 'desk.view': async () => VIEW, 'desk.transfer': transfer });
    await userEvent.selectOptions(screen.getByLabelText('转到别处'), '法律援助');
    expect(transfer).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: '转办' }));
    expect(transfer).toHaveBeenCalledWith(
      expect.objectContaining({ ticket: CURRENT.id, line: 'legal-aid' }),
    );
  });

  it('a number that was called leaves the keys to the orders again', async () => {
    const { current: _, ...free } = VIEW;
    let desk: DeskView = free;
    const finish = vi.fn(async () => ({ outcome: 'done' as const, ticket: CURRENT }));
    const connection = fakeConnection({
      'desk.view': async () => desk,
      'desk.callNumber': async () => {
        desk = VIEW;
        return { outcome: 'done', ticket: CURRENT };
      },
      'desk.finish': finish,
    });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    await userEvent.click(await screen.findByRole('button', { name: /1号窗口/ }));
    await userEvent.type(await screen.findByLabelText(/叫指定的号/), 'a1{Enter}');
    await screen.findByText('A001');
    await userEvent.keyboard('f');
    await waitFor(() => expect(finish).toHaveBeenCalledOnce());
  });

  it('a number that nobody holds is said, and stays to be corrected', async () => {
    const { current: _, ...free } = VIEW;
    const connection = fakeConnection({
      'desk.view': async () => free,
      'desk.callNumber': async () => ({ outcome: 'no-such-number' }),
    });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    await userEvent.click(await screen.findByRole('button', { name: /1号窗口/ }));
    const field = await screen.findByLabelText<HTMLInputElement>(/叫指定的号/);
    await userEvent.type(field, 'A012{Enter}');
    await screen.findByText('今天没有人拿着这个号，请看一看号码单。');
    expect(field.value).toBe('A012');
  });
});

it('a word for the next shift says when it was written, and stays in its field until it is kept', async () => {
  const handover = vi.fn<(order: { readonly operation: string }) => Promise<never>>(() =>
    Promise.reject(new StationError('host-gone')),
  );
  await atWindow({
    'desk.view': async () => ({
      ...DESK,
      handover: [
        { at: DESK.now - 5 * 86_400_000, staff: '示例', text: '打印机坏了' },
        { at: DESK.now, staff: '示例', text: '纸在柜子里' },
      ],
    }),
    'desk.handover': handover,
  });
  expect(screen.getByText('11月18日 10:24')).not.toBeNull();
  expect(screen.getByText('10:24')).not.toBeNull();
  const field = screen.getByLabelText<HTMLInputElement>('给下一班留言');
  await userEvent.type(field, '钥匙在门卫{Enter}');
  await screen.findByText('没有办成，请再试一次。');
  expect(field.value).toBe('钥匙在门卫');
  await userEvent.type(field, '{Enter}');
  await waitFor(() => expect(handover).toHaveBeenCalledTimes(2));
  const [first, second] = handover.mock.calls.map(([{ operation }]) => operation);
  expect(second).toBe(first);
});

describe('a lost PIN', () => {
  it('is replaced by what the district reads back over the telephone', async () => {
    const finish = vi.fn(async () => loggedIn());
    const connection = fakeConnection({
      'staff.startRecovery': async () => ({
        ...{ state: 'asked' as const, challenge: '7K3M-92QD-4T', validMinutes: 30 },
      }),
      'staff.finishRecovery': finish,
    });
    await draw(<Console connect={connection.connect} />);
    await userEvent.click(screen.getByRole('button', { name: '忘记密码' }));
    await userEvent.type(screen.getByLabelText('账号'), 'li01');
    await userEvent.click(screen.getByRole('button', { name: '确定' }));
    await screen.findByText('7K3M-92QD-4T');
    await userEvent.type(screen.getByLabelText('对方念的回答码'), 'ABCD-EFGH');
    await userEvent.type(screen.getByLabelText(/新密码/), '284913');
    await userEvent.click(screen.getByRole('button', { name: '确定' }));
    await screen.findByText('您今天在哪个窗口');
    expect(finish).toHaveBeenCalledWith({
      account: 'li01',
      response: 'ABCD-EFGH',
      next: '284913',
    });
  });

  it('a wrong answer is said, and what was typed stays', async () => {
    const connection = fakeConnection({
      'staff.startRecovery': async () => ({
        ...{ state: 'asked' as const, challenge: '7K3M', validMinutes: 30 },
      }),
      'staff.finishRecovery': async () => ({ state: 'wrong', waitSeconds: 0 }),
    });
    await draw(<Console connect={connection.connect} />);
    await userEvent.click(screen.getByRole('button', { name: '忘记密码' }));
    await userEvent.type(screen.getByLabelText('账号'), 'li01');
    await userEvent.click(screen.getByRole('button', { name: '确定' }));
    await userEvent.type(await screen.findByLabelText('对方念的回答码'), 'WRONG');
    await userEvent.click(screen.getByRole('button', { name: '确定' }));
    await screen.findByText(/回答码不对/);
    expect(screen.getByLabelText<HTMLInputElement>('对方念的回答码').value).toBe('WRONG');
  });
});

describe("the station's page", () => {
  const status = async () => ({ state: 'on' as const, urls: ['https://kiosk.lan:7443'] });
  const device = {
    id: 'd1',
    kind: 'console' as const,
    name: '2号窗口电脑',
    pairedAt: 0,
    seenAt: 0,
  };

  async function stationPage(answers: FakeAnswers) {
    const connection = fakeConnection({ 'lan.status': status, ...answers });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    await userEvent.click(await screen.findByRole('button', { name: '本站设备和统计' }));
  }

  it('gives the address and a code for one more device, and says when it was used', async () => {
    const openPairing = vi.fn(async () => ({ code: '7K3M-92QD', validMinutes: 10 }));
    const devices: (typeof device)[] = [];
    await stationPage({ 'lan.devices': async () => [...devices], 'lan.openPairing': openPairing });
    await screen.findByText('https://kiosk.lan:7443');
    await userEvent.type(screen.getByLabelText(/给它起个名字/), '2号窗口电脑');
    await userEvent.click(screen.getByRole('button', { name: '要配对码' }));
    await screen.findByText('7K3M-92QD');
    expect(openPairing).toHaveBeenCalledWith({ kind: 'console', name: '2号窗口电脑' });
    devices.push(device);
    await screen.findByText('“2号窗口电脑”已经配对好了。', {}, { timeout: 10_000 });
    expect(screen.queryByText('7K3M-92QD')).toBeNull();
  });

  it('ends a pairing only when asked twice', async () => {
    const unpair = vi.fn(async () => ({}));
    await stationPage({ 'lan.devices': async () => [device], 'lan.unpair': unpair });
    await userEvent.click(await screen.findByRole('button', { name: '取消配对' }));
    expect(unpair).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: '再按一次，马上断开' }));
    expect(unpair).toHaveBeenCalledWith({ id: 'd1' });
  });

  it('says who switches the network on while it is off', async () => {
    await stationPage({
      'lan.status': async () => ({ state: 'off', urls: [] }),
      'lan.devices': async () => [],
    });
    await screen.findByText(/局域网服务还没有打开/);
    expect(screen.queryByRole('button', { name: '要配对码' })).toBeNull();
  });

  it('is not offered to a clerk', async () => {
    const clerk = { ...HEAD, roles: ['window-clerk' as const] };
    const connection = fakeConnection({ 'staff.logIn': async () => loggedIn(clerk) });
    await draw(<Console connect={connection.connect} />);
    await logIn();
    await screen.findByText('您今天在哪个窗口');
    expect(screen.queryByRole('button', { name: '本站设备和统计' })).toBeNull();
  });

  it('exports a period that begins before it ends', async () => {
    const exported = vi.fn(async () => ({ base64: btoa('x'), fileName: '排队统计.csv' }));
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => {};
    await stationPage({ 'lan.devices': async () => [], 'desk.exportStatistics': exported });
    const csv = await screen.findByRole<HTMLButtonElement>('button', { name: '下载表格（CSV）' });
    await waitFor(() => expect(csv.disabled).toBe(false));
    await userEvent.click(csv);
    await screen.findByText('已下载 排队统计.csv');
    expect(exported).toHaveBeenCalledWith({ from: '2026-11-01', to: '2026-11-23', format: 'csv' });
    await userEvent.clear(screen.getByLabelText('到'));
    expect(csv.disabled).toBe(true);
  });
});

const ROW = {
  issued: 30,
  waiting: 7,
  priority: 0,
  served: 23,
  noShow: 4,
  expired: 0,
  wait: { mean: 6.5, median: 6, p90: 9 },
  service: { mean: 8, median: 8, p90: 12 },
};
const STATISTICS = {
  from: DESK.day,
  to: DESK.day,
  total: ROW,
  lines: [],
  windows: [],
  hours: [],
  days: [],
};

describe('beside the visitor', () => {
  const aside = (count: number, state: 'held' | 'skipped'): DeskTicket[] =>
    Array.from({ length: count }, (_, at) => ({
      ...CURRENT,
      id: `00000000-0000-4000-8000-0000000001${String(at).padStart(2, '0')}`,
      number: `${state === 'held' ? 'B' : 'C'}${String(at + 1).padStart(3, '0')}`,
      state,
    }));
  const done = async () => ({ outcome: 'done' as const, ticket: CURRENT });

  it('everybody who was missed or put aside can be called again, however many', async () => {
    const [callThis, resume] = [vi.fn(done), vi.fn(done)];
    const missed = aside(30, 'skipped');
    const held = aside(14, 'held');
    await atWindow({
      'desk.view': async () => ({ ...DESK, missed, held }),
      'desk.callThis': callThis,
      'desk.resume': resume,
    });
    for (const { number } of [...missed, ...held])
      expect(screen.getByRole('button', { name: number })).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'C030' }));
    await userEvent.click(screen.getByRole('button', { name: 'B014' }));
    expect(callThis).toHaveBeenCalledWith(expect.objectContaining({ ticket: missed[29]?.id }));
    expect(resume).toHaveBeenCalledWith(expect.objectContaining({ ticket: held[13]?.id }));
  });

  it('a note on the visitor, a word for who comes after, and a call for help are sent as they are written', async () => {
    const [note, handover] = [vi.fn(done), vi.fn(async () => DESK)];
    const raiseAlarm = vi.fn(async () => []);
    await atWindow({ 'desk.note': note, 'desk.handover': handover, 'desk.raiseAlarm': raiseAlarm });
    const onVisitor = screen.getByLabelText<HTMLInputElement>('给这位留个备注');
    const forNext = screen.getByLabelText<HTMLInputElement>('给下一班留言');
    await userEvent.type(onVisitor, '材料缺户口本{Enter}');
    await userEvent.type(forNext, '打印机换过纸{Enter}');
    await userEvent.click(screen.getByRole('button', { name: '请同事帮忙' }));
    expect(note).toHaveBeenCalledWith(
      expect.objectContaining({ ticket: CURRENT.id, text: '材料缺户口本' }),
    );
    expect(handover).toHaveBeenCalledWith(expect.objectContaining({ text: '打印机换过纸' }));
    expect(raiseAlarm).toHaveBeenCalledOnce();
    await waitFor(() => expect([onVisitor.value, forNext.value]).toEqual(['', '']));
  });

  it('counts the day anew when somebody did not come', async () => {
    let noShow = 4;
    let missed: DeskTicket[] = [];
    await atWindow({
      'desk.view': async () => ({ ...DESK, missed }),
      'desk.statistics': async () => ({ ...STATISTICS, total: { ...ROW, noShow } }),
      'desk.noShow': async () => {
        noShow = 5;
        missed = aside(1, 'skipped');
        return { outcome: 'done', ticket: CURRENT };
      },
    });
    await userEvent.click(screen.getByRole('button', { name: /^未到/ }));
    await waitFor(() => expect(document.querySelector('dl')?.textContent).toContain('全站未到5'));
  });

  it('counts the day: waiting, served, missed, mean wait', async () => {
    await atWindow({
      'desk.view': async () => ({ ...DESK, waitingHere: 7, servedToday: 23 }),
      'desk.statistics': async () => STATISTICS,
    });
    const counters = document.querySelector('dl');
    await waitFor(() => expect(counters?.textContent).toContain('4'));
    const values = [...(counters?.querySelectorAll('dd') ?? [])].map((dd) => dd.textContent);
    expect(values).toEqual(['7', '23', '4', '6.5']);
  });
});

describe('logging out while the line is cut', () => {
  it('ends the log-in at the host when the line is back, before anybody else is logged in', async () => {
    let isCut = true;
    const told: string[] = [];
    let hooks: ConnectionHooks = {};
    const { connect } = fakeConnection({
      'desk.closeWindow': () => Promise.reject(new StationError('host-gone')),
      'staff.logOut': async () => {
        if (isCut) throw new StationError('host-gone');
        told.push('logOut');
        return {};
      },
      'staff.resume': async ({ token }: { token: string }) => {
        told.push(`resume ${token.slice(0, 2)}`);
        return HEAD;
      },
    });
    const connection = connect();
    await draw(
      <Console
        connect={(given) => {
          hooks = given;
          return connection;
        }}
      />,
    );
    await logIn();
    await userEvent.click(await screen.findByRole('button', { name: '退出登录' }));
    await screen.findByText('窗口登录');
    isCut = false;
    await hooks.greet?.(connection.client);
    await hooks.greet?.(connection.client);
    expect(told).toEqual(['resume xx', 'logOut']);
  });
});

it.each(['held', 'skipped'] as const)(
  'a ticket that is %s can be noted as not come without calling it',
  async (state) => {
    const noShow = vi.fn(async () => ({ outcome: 'done' as const, ticket: CURRENT }));
    const ticket: DeskTicket = { ...CURRENT, id: 'away', number: 'B007', state };
    const held = state === 'held' ? [ticket] : [];
    const missed =
      state === 'skipped' ? [ticket, { ...ticket, id: 'gone', state: 'no-show' as const }] : [];
    await atWindow({ 'desk.view': async () => ({ ...DESK, held, missed }), 'desk.noShow': noShow });
    await userEvent.click(screen.getByRole('button', { name: 'B007 未到' }));
    expect(noShow).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ ticket: 'away' }));
  },
);

it('a slip of yesterday that is still on show is refused in one sentence', async () => {
  const job = {
    jobId: 'old',
    state: 'in-doubt' as const,
    reason: '' as const,
    copy: false,
    label: 'A012',
  };
  await atWindow({
    'tickets.printers': async () => ({ state: 'ready', printers: [] }),
    'tickets.open': async () => [{ ...job, createdAt: 0, changedAt: 0, mayReprint: false }],
    'tickets.decide': () => Promise.reject(new StationError('not-found')),
  });
  await userEvent.click(await screen.findByRole('button', { name: '已印出' }));
  await screen.findByText('这张号码单不是今天的，不用再处理。');
});
