import { Component, type ReactNode } from 'react';
import { Broken } from '../../modules/open/ui/public.ts';

type State = { readonly failed: boolean };

/** Catches what a screen throws (or a part of the program that could not be fetched), so that the frame stays. */
export class Guard extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}
