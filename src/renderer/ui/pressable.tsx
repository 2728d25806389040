import { type ReactNode, useRef } from 'react';
import { Button, type ButtonProps } from 'react-aria-components';

/** A second touch within this time is a trembling hand, not a wish (standards A-23). */
const DOUBLE_TOUCH_MS = 500;

export interface PressableProps extends Omit<ButtonProps, 'onPress' | 'children' | 'className'> {
  readonly onPress: () => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/**
 * Everything that can be touched. It acts on release, sliding off cancels, keys work, and a second touch at once does
 * nothing.
 */
export function Pressable({ onPress, className, children, ...rest }: PressableProps) {
  const last = useRef(Number.NEGATIVE_INFINITY);
  return (
    <Button
      {...rest}
      className={className ?? ''}
      onPress={() => {
        const now = performance.now();
        if (now - last.current < DOUBLE_TOUCH_MS) return;
        last.current = now;
        onPress();
      }}
    >
      {children}
    </Button>
  );
}
