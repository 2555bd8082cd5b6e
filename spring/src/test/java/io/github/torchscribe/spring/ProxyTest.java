package io.github.torchscribe.spring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.samples.mnist.CnnModel;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;

/** Spring puts something before a predictor, as an interface or as a class, which Boot prefers. */
class ProxyTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPredictorCanBeProxied(boolean asClass) {
    float[] image = new float[784];
    AtomicInteger calls = new AtomicInteger();
    MethodInterceptor counting =
        call -> {
          calls.incrementAndGet();
          return call.proceed();
        };
    try (Model model = CnnModel.create(1);
        Model next = CnnModel.create(2);
        Predictor plain = model.predictor()) {
      ProxyFactory factory = new ProxyFactory(plain);
      factory.setProxyTargetClass(asClass);
      factory.addAdvice(counting);
      Predictor proxy = (Predictor) factory.getProxy();
      assertNotSame(plain, proxy);
      assertEquals(asClass, AopUtils.isCglibProxy(proxy));
      assertArrayEquals(plain.predict(image), proxy.predict(image));
      assertSame(model, proxy.swap(next));
      assertArrayEquals(plain.predict(image), proxy.predict(image));
      assertTrue(proxy.trouble().isEmpty());
      assertEquals(4, calls.get());
    }
  }
}
