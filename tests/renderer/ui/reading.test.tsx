import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { STATION_ERROR_KINDS, StationError } from '#shared/contract/errors.ts';
import { type FakeAnswers, never } from '../../../src/renderer/gallery/fake-station.ts';
import { startI18n } from '../../../src/renderer/i18n/i18n.ts';
import { useReading } from '../../../src/renderer/station-client/use-station.ts';
import { Failure, Reading } from '../../../src/renderer/ui/reading.tsx';
import { draw } from '../draw.tsx';

function Takeaway() {
  const query = useReading(['takeaway'], (station, language) =>
    station.guides.takeaway({ id: 'x', language }),
  );
  return <Reading query={query}>{({ text }) => <p>{text}</p>}</Reading>;
}

const takeaway = (answer: NonNullable<FakeAnswers['guides.takeaway']>) =>
  draw(<Takeaway />, { answers: { 'guides.takeaway': answer } });

describe('something that is read from the host', () => {
  it('says that it is on its way', async () => {
    await takeaway(never);
    expect(screen.getByRole('status').textContent).toBe('正在打开…');
  });

  it('is shown when it is there', async () => {
    await takeaway(async () => ({ text: '要带身份证' }));
    expect(await screen.findByText('要带身份证')).toBeDefined();
  });

  it('can be asked for again after it failed', async () => {
    const answer = vi
      .fn<() => Promise<{ text: string }>>()
      .mockRejectedValueOnce(new StationError('timeout'))
      .mockResolvedValue({ text: '要带身份证' });
    await takeaway(answer);
    await screen.findByRole('alert');
    await userEvent.click(screen.getByRole('button', { name: '再试一次' }));
    expect(await screen.findByText('要带身份证')).toBeDefined();
  });
});

describe('a failed call', () => {
  for (const kind of STATION_ERROR_KINDS)
    it(`is said in a plain sentence: ${kind}`, async () => {
      for (const language of ['zh-CN', 'en'] as const) {
        const { unmount } = await draw(
          <Failure error={new StationError(kind)} onRetry={() => {}} />,
          { session: { language } },
        );
        const { textContent } = screen.getByRole('alert');
        expect(textContent).toContain(startI18n().t(`error.${kind}`, { lng: language }));
        expect(textContent).toContain('12348');
        if (kind !== 'timeout') expect(textContent).not.toContain(kind);
        unmount();
      }
    });

  it('shows nothing of a raw error', async () => {
    await draw(<Failure error={new Error('SQLITE_CORRUPT at /data')} onRetry={() => {}} />);
    expect(screen.getByRole('alert').textContent).not.toContain('SQLITE');
    expect(screen.getByText('这里出了点问题，请返回首页，或拨打 12348。')).toBeDefined();
  });
});
