import { type ThemeConfig, theme } from 'antd';
import { useMemo } from 'react';
import { useDark, useLargePrint, useNarrow, useStill } from '../../platform/web/print.ts';

/** Reads the tokens that tokens.css gives the page now, so that the two can never differ. */
function readTokens(): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

type Setting = { readonly dark: boolean; readonly large: boolean; readonly narrow: boolean; readonly still: boolean };

function themeFor({ dark, large, narrow, still }: Setting): ThemeConfig {
  const token = readTokens();
  const print = large ? 1.35 : 1;
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: token('brand-fill'),
      colorLink: token('brand'),
      colorLinkHover: token('brand-strong'),
      colorInfo: token('risk-blue'),
      colorSuccess: token('risk-green'),
      colorWarning: token('risk-orange'),
      colorError: token('urgent'),
      colorText: token('ink'),
      colorTextSecondary: token('soft'),
      colorTextTertiary: token('soft'),
      colorTextDescription: token('soft'),
      colorTextPlaceholder: token('soft'),
      colorTextDisabled: token('soft'),
      colorBorder: token('field-line'),
      colorBorderSecondary: token('line'),
      colorBgLayout: token('ground'),
      colorBgContainer: token('card'),
      colorBgElevated: token('card'),
      fontFamily: token('font'),
      fontSize: Math.round(14 * print),
      lineHeight: 22 / 14,
      fontWeightStrong: 500,
      borderRadius: 6,
      // Touch targets of 48 px on phones.
      controlHeight: Math.round((narrow ? 48 : 32) * (narrow ? 1 : print)),
      controlHeightSM: Math.round((narrow ? 48 : 26) * (narrow ? 1 : print)),
      motion: !still,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
      boxShadow: token('shadow'),
      boxShadowSecondary: token('shadow'),
    },
    components: {
      Button: {
        primaryColor: token('on-brand'),
        dangerColor: dark ? token('on-brand') : '#ffffff',
        fontWeight: 500,
        defaultShadow: 'none',
        primaryShadow: 'none',
        dangerShadow: 'none',
      },
      Table: {
        headerBg: token('ground'),
        headerColor: token('soft'),
        cellPaddingBlockSM: 7,
        rowSelectedBg: token('tint'),
        rowSelectedHoverBg: token('tint'),
      },
      Progress: { defaultColor: token('brand') },
      Modal: { titleFontSize: Math.round(17 * print) },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
      Select: { optionSelectedBg: token('tint') },
      Menu: { itemSelectedBg: token('tint') },
    },
  };
}

/** Ant Design's theme, from the page's own tokens; renewed when scheme, print size or width change. */
export function useOfficeTheme(): ThemeConfig {
  const dark = useDark();
  const [large] = useLargePrint();
  const narrow = useNarrow();
  const still = useStill();
  return useMemo(() => themeFor({ dark, large, narrow, still }), [dark, large, narrow, still]);
}
