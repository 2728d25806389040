import { Component, type ReactNode } from 'react';
import { Failure } from './reading.tsx';

/**
 * Catches a fault while drawing a page, so that a visitor gets a sentence and the bar goes on working instead of a white
 * screen. Another page (another `key`) starts afresh.
 */
export class ErrorBoundary extends Component<
  {
    readonly children: ReactNode;
    /** Another way out than trying again, for what stands over a page. */
    readonly leave?: ReactNode;
  },
  { error?: Error | undefined }
> {
  override state: { error?: Error | undefined } = {};

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <>
        <Failure error={error} onRetry={() => this.setState({ error: undefined })} />
        {this.props.leave}
      </>
    );
  }
}
