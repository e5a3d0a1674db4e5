/** Files to begin with. What stands in them is invented. */
export const SAMPLES = {
  grids: {
    filename: 'grids-sample.csv',
    text: '\ufeff网格编码,村社区,网格名称,类型,户数,人口\r\n,示范街道/示范社区,东区网格,基础网格,320,910\r\n,示范街道/示范社区,市场网格,专属网格,,\r\n',
  },
  addresses: {
    filename: 'addresses-sample.csv',
    text: '\ufeff镇街,村社区,网格,小区,幢,单元,户室\r\n示范街道,示范社区,东区网格,示范花园,1幢,2单元,101室\r\n示范街道,示范社区,东区网格,示范一组,无,无,12号\r\n',
  },
  boundaries: {
    filename: 'boundaries-sample.geojson',
    text: `${JSON.stringify(
      {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { code: '421181001011001', name: '东区网格' },
            geometry: {
              type: 'Polygon',
              coordinates: [
                [
                  [115.0, 31.1],
                  [115.02, 31.1],
                  [115.02, 31.12],
                  [115.0, 31.12],
                  [115.0, 31.1],
                ],
              ],
            },
          },
        ],
      },
      null,
      2,
    )}\n`,
  },
} as const;
