import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { LanguageState, langOf } from '../../../src/renderer/visitor/language-state.tsx';
import { draw } from '../draw.tsx';

describe('the language of a text', () => {
  it('is not spoken of where it is the language of the page', async () => {
    await draw(<LanguageState language="own" />, { session: { language: 'en' } });
    expect(screen.queryByRole('note')).toBeNull();
    expect(langOf('own')).toBeUndefined();
  });

  it('is not spoken of on a Chinese page', async () => {
    await draw(<LanguageState language="chinese" />);
    expect(screen.queryByRole('note')).toBeNull();
  });

  it('says that a translation is a draft', async () => {
    await draw(<LanguageState language="draft" />, { session: { language: 'en' } });
    expect(screen.getByRole('note').textContent).toContain('unreviewed draft');
  });

  it('says that a text is only there in Chinese, and marks it as Chinese', async () => {
    await draw(<LanguageState language="chinese" />, { session: { language: 'en' } });
    expect(screen.getByRole('note').textContent).toContain('not yet translated');
    expect(langOf('chinese')).toBe('zh-CN');
  });

  it('has Chinese one touch away', async () => {
    const { acts } = await draw(<LanguageState language="draft" />, {
      session: { language: 'en' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Read in Chinese' }));
    expect(acts).toEqual([{ type: 'set', preferences: { language: 'zh-CN' } }]);
  });
});
