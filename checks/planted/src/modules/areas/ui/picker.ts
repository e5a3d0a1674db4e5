import { Select } from 'antd';
export const picker = Select;
