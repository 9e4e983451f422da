using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Mapping;

/// <summary>The generated base of a service and its static method that hands out the methods.</summary>
internal sealed class GeneratedBase
{
    private readonly MethodInfo _bind;

    private GeneratedBase(MethodInfo bind) => _bind = bind;

    /// <exception cref="InvalidOperationException">The type does not come of a generated base.</exception>
    public static GeneratedBase Of(Type serviceType)
    {
        for (var type = serviceType; type is not null; type = type.BaseType)
        {
            if (
                type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false)
                is not { } attribute
            )
            {
                continue;
            }

            var bind = attribute.BindType.GetMethod(
                attribute.BindMethodName,
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic,
                [typeof(ServiceBinderBase), type]
            );
            return bind is null
                ? throw new InvalidOperationException(
                    $"{attribute.BindType} does not bind {type} as its attribute says."
                )
                : new GeneratedBase(bind);
        }

        throw new InvalidOperationException(
            $"{serviceType} does not come of a generated service base."
        );
    }

    /// <summary>Hands the methods to the binder, without a service object: they are only shapes here.</summary>
    public void Bind(ServiceBinderBase binder) =>
        _bind.Invoke(
            obj: null,
            BindingFlags.DoNotWrapExceptions,
            binder: null,
            [binder, null],
            culture: null
        );
}
