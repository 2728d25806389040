import { type ReactNode, useRef } from 'react';
import { Button, type ButtonProps } from 'react-aria-components';

/** A second touch within this time is a trembling hand, not a wish (standards A-23). */
const DOUBLE_TOUCH_MS = 500;
/** On a key that is often meant twice in a row only what no finger can do on purpose. */
const DOUBLE_KEY_MS = 70;

export interface PressableProps extends Omit<ButtonProps, 'onPress' | 'children' | 'className'> {
  readonly onPress: () => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
  /** Whether it types something that may stand twice in a row, as a digit does. */
  readonly isTyping?: boolean;
}

/**
 * Everything that can be touched. It acts on release, sliding off cancels, keys work, and a second touch at once does
 * nothing.
 */
export function Pressable({
  onPress,
  className,
  children,
  isTyping = false,
  ...rest
}: PressableProps) {
  const last = useRef(Number.NEGATIVE_INFINITY);
  return (
    <Button
      {...rest}
      className={className ?? ''}
      onPress={() => {
        const now = performance.now();
        if (now - last.current < (isTyping ? DOUBLE_KEY_MS : DOUBLE_TOUCH_MS)) return;
        last.current = now;
        onPress();
      }}
    >
      {children}
    </Button>
  );
}
