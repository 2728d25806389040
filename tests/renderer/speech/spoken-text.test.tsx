import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { KeyboardField } from '../../../src/renderer/keyboard/keyboard-field.tsx';
import { KeyboardScope } from '../../../src/renderer/keyboard/keyboard-scope.tsx';
import { nameOf } from '../../../src/renderer/speech/name-of.ts';
import { spokenText } from '../../../src/renderer/speech/spoken-text.ts';
import { Row } from '../../../src/renderer/ui/row.tsx';
import { IdleWarning } from '../../../src/renderer/visitor/idle-warning.tsx';
import { draw } from '../draw.tsx';

describe('what is said of an element', () => {
  it('has a pause between the parts of a row', async () => {
    await draw(<Row label="离婚" detail="怎么办？" end="不收费" onPress={() => {}} />);
    expect(nameOf(screen.getByRole('button'))).toBe('离婚，怎么办？不收费');
  });

  it('is the whole question of what must be answered', async () => {
    await draw(<IdleWarning secondsLeft={30} onStay={() => {}} onLeave={() => {}} />);
    expect(nameOf(screen.getByRole('alertdialog'))).toContain('30 秒后回到首页');
  });
});

describe('the text of a page as it is said', () => {
  it('has a stop between its blocks and none within a line', async () => {
    const { container } = await draw(
      <>
        <h2>法律援助</h2>
        <p>
          打 <bdi>12348</bdi>，<mark>免费</mark>。
        </p>
        <ul>
          <li>身份证</li>
          <li>户口簿</li>
        </ul>
      </>,
    );
    expect(spokenText(container, '。')).toBe('法律援助。打 12348，免费。身份证。户口簿');
  });

  it('has the words of pictures, and nothing that is hidden or was typed', async () => {
    const { container } = await draw(
      <KeyboardScope>
        <span role="img" aria-label="怎么走" />
        <span aria-hidden>→</span>
        <KeyboardField label="姓名" value="李四" onChange={() => {}} />
      </KeyboardScope>,
    );
    expect(spokenText(container, '。')).toBe('怎么走。姓名');
  });
});
