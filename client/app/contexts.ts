import { createContext, useContext } from 'react';
import { must } from '../../schema/result.ts';
import type { Device } from '../device/device.ts';
import type { OpenCart } from '../till/open-cart.ts';
import type { AppDeps } from './deps.ts';

export const DepsContext = createContext<AppDeps | null>(null);
export const DeviceContext = createContext<Device | null>(null);
export const CartContext = createContext<OpenCart | null>(null);

/** The world around the screens. */
export function useDeps(): AppDeps {
  return must(useContext(DepsContext), 'AppDeps');
}

/** The open device. */
export function useDevice(): Device {
  return must(useContext(DeviceContext), 'Device');
}

/** The one open cart of this device. */
export function useCart(): OpenCart {
  return must(useContext(CartContext), 'OpenCart');
}
