import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './own-styles.ts';
import '../../platform/web/tokens.css';
import '../../platform/web/office/parts.css';
import './office.css';
import './safety/safety.css';
import { applySettings } from '../../platform/web/print.ts';
import { currentLocale } from '../../platform/web/locale.ts';
import { OfficeApp } from './app.tsx';
import { loadTexts } from './load-texts.ts';

applySettings();
const place = document.getElementById('office');
if (place === null) throw new Error('index.html has no #office');
const texts = await loadTexts(currentLocale());
createRoot(place).render(
  <StrictMode>
    <OfficeApp texts={texts} />
  </StrictMode>,
);
