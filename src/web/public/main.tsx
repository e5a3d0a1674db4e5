import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../platform/web/tokens.css';
import './portal.css';
import { applySettings } from '../../platform/web/print.ts';
import { PortalApp } from './app.tsx';

applySettings();
const place = document.getElementById('portal');
if (place === null) throw new Error('index.html has no #portal');
createRoot(place).render(
  <StrictMode>
    <PortalApp />
  </StrictMode>,
);
