import '../cases.css';
import { useParams } from '@tanstack/react-router';
import { CaseView } from './case-view.tsx';

/** A case on its own page. */
export function CasePage() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  return <CaseView key={id} id={id} />;
}
